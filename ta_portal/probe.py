"""`python -m ta_portal.probe`: asks this machine's portal whether it is ready. Exit code 0 is yes."""

import os
import sys
from http.client import HTTPConnection


def main(port: int = 8000) -> int:
    """Ask /readyz under the first host name of ALLOWED_HOSTS, as any other name is refused."""
    host = os.environ.get("ALLOWED_HOSTS", "127.0.0.1").split(",")[0].strip().lstrip(".")
    connection = HTTPConnection("127.0.0.1", port, timeout=4)
    connection.request("GET", "/readyz", headers={"Host": host})
    return 0 if connection.getresponse().status == 200 else 1


if __name__ == "__main__":
    sys.exit(main())
