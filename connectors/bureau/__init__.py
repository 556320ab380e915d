"""The credit bureau (征信机构): enterprises whose cases have long gone unexecuted are told to it by file."""
