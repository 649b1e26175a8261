import CTImpl
import Glibc

exit(await TowerCommand.main())
