"""C5, C8, C9, C12, C13, C14: the inquiry interface of a holder (协助查询单位). Who speaks how is data in ``shapes``."""
