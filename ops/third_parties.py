"""What only a person can say about software of others: which of it lies inside other packages, under which
licence, and which of the system's libraries are linked. dependencies.py finds the rest in the build.

A file inside a linked package that carries a licence of its own must be under `INSIDE`; dependencies.py refuses to go
on with one that is not.
"""

from dataclasses import dataclass

# The words by which a file's own licence is known. Apache's are not among them: they stand in nearly every file.
OWN_LICENCE = (
    "permission is hereby granted",
    "permission to use, copy",
    "permission is granted to anyone",
    "redistribution and use",
    "waived all copyright",
    "license: mit",
)


@dataclass(frozen=True)
class Inside:
    """Somebody's work that lies inside a package.

    `packages`: in which. `modules`: it is in a program when one of these is. `files`: patterns of its files with a
    licence of their own, from the package's root. `text`: where that licence is to be read: a file, words of the first
    line and words of the last. `version_file`: where the package says which version or commit it took. `copyright`:
    whose it is, when no file says so.
    """

    name: str
    url: str
    licence: str
    packages: tuple
    modules: tuple
    files: tuple = ()
    text: tuple | None = None
    version_file: str | None = None
    copyright: str | None = None


INSIDE = (
    Inside(
        name="BoringSSL",
        url="https://boringssl.googlesource.com/boringssl",
        licence="Apache-2.0",
        packages=("swift-crypto",),
        modules=("CCryptoBoringSSL",),
        version_file="Sources/CCryptoBoringSSL/hash.txt",
    ),
    Inside(
        name="BoringSSL",
        url="https://boringssl.googlesource.com/boringssl",
        licence="Apache-2.0",
        packages=("swift-nio-ssl",),
        modules=("CNIOBoringSSL",),
        version_file="Sources/CNIOBoringSSL/hash.txt",
    ),
    # May be used under any of three licences; Apache's is there anyway.
    Inside(
        name="fiat-crypto",
        url="https://github.com/mit-plv/fiat-crypto",
        licence="Apache-2.0",
        packages=("swift-crypto", "swift-nio-ssl"),
        modules=("CCryptoBoringSSL", "CNIOBoringSSL"),
        copyright="the fiat-crypto authors",
    ),
    Inside(
        name="XKCP (Keccak)",
        url="https://github.com/XKCP/XKCP",
        licence="CC0-1.0",
        packages=("swift-crypto",),
        modules=("CXKCP",),
        files=("Sources/CXKCP/*",),
        text=("Sources/CXKCP/FIPS202-opt64/KeccakHash.c", "Implementation by", "publicdomain/zero/1.0/"),
    ),
    Inside(
        name="brg_endian.h",
        url="https://github.com/XKCP/XKCP",
        licence="Brian-Gladman-3-Clause",
        packages=("swift-crypto",),
        modules=("CXKCP",),
        files=("Sources/CXKCP/*/brg_endian.h",),
        text=("Sources/CXKCP/FIPS202-opt64/brg_endian.h", "Copyright (c)", "fitness for purpose."),
    ),
    Inside(
        name="llhttp",
        url="https://github.com/nodejs/llhttp",
        licence="MIT",
        packages=("swift-nio",),
        modules=("CNIOLLHTTP",),
        files=("Sources/CNIOLLHTTP/*",),
        text=("Sources/CNIOLLHTTP/LICENSE", "Copyright Fedor", "USE OR OTHER DEALINGS IN THE SOFTWARE."),
    ),
    # The file names its licence and no holder; swift-nio's NOTICE does.
    Inside(
        name="uSHET (cpp_magic.h)",
        url="https://github.com/18sg/uSHET",
        licence="MIT",
        packages=("swift-nio",),
        modules=("CNIOAtomics",),
        files=("Sources/CNIOAtomics/src/cpp_magic.h",),
        copyright="Thomas Nixon, Jonathan Heathcote",
    ),
    Inside(
        name="nghttp2 (Huffman tables)",
        url="https://github.com/nghttp2/nghttp2",
        licence="MIT",
        packages=("swift-nio-http2",),
        modules=("NIOHPACK",),
        files=("Sources/NIOHPACK/HuffmanTables.swift",),
        text=("Sources/NIOHPACK/HuffmanTables.swift", "Copyright (c) 2013 Tatsuhiro", "DEALINGS IN THE SOFTWARE."),
    ),
    Inside(
        name="musl (calculation of dates)",
        url="https://musl.libc.org",
        licence="MIT",
        packages=("swift-certificates",),
        modules=("X509",),
        files=("Sources/X509/X509BaseTypes/TimeCalculations.swift",),
        text=("Sources/X509/X509BaseTypes/TimeCalculations.swift", "Copyright © 2005", "DEALINGS IN THE SOFTWARE."),
    ),
    Inside(
        name="zlib",
        url="https://www.zlib.net",
        licence="Zlib",
        packages=("swift-nio-extras",),
        modules=("CNIOExtrasZlib",),
        files=("Sources/CNIOExtrasZlib/*",),
        text=("Sources/CNIOExtrasZlib/include/nioextras-zlib.h", "Copyright (C)", "madler@alumni.caltech.edu"),
        version_file="Sources/CNIOExtrasZlib/vendored-zlib.version",
    ),
    Inside(
        name="Protocol Buffers (well-known types)",
        url="https://github.com/protocolbuffers/protobuf",
        licence="BSD-3-Clause",
        packages=("swift-protobuf",),
        modules=("SwiftProtobuf",),
        files=("Sources/SwiftProtobuf/*.pb.swift",),
        text=("Sources/SwiftProtobuf/any.pb.swift", "Copyright 2008 Google", "SUCH DAMAGE."),
    ),
    Inside(
        name="Active Support (English inflections)",
        url="https://github.com/rails/rails",
        licence="MIT",
        packages=("grdb.swift",),
        modules=("GRDB",),
        files=("GRDB/Utils/Inflections+English.swift",),
        text=(
            "GRDB/Utils/Inflections+English.swift",
            "Copyright (c) 2005-2019 David Heinemeier",
            "WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.",
        ),
    ),
)


@dataclass(frozen=True)
class Outside:
    """What is in or beside a program and comes from no package: no version is known before it is built or run."""

    name: str
    url: str
    licence: str
    programs: tuple
    what: str
    debian: str | None = None
    # A file in this directory with the licence's text; for what is in the program.
    text: str | None = None


BOTH = ("kam", "kamd")

# Linked statically into a release, from the toolchain that builds it.
TOOLCHAIN = (
    Outside(
        "Swift standard library, Foundation and Dispatch",
        "https://github.com/swiftlang",
        "Apache-2.0 WITH Swift-exception",
        BOTH,
        "statically linked from the Swift toolchain",
    ),
    Outside(
        "ICU",
        "https://github.com/swiftlang/swift-foundation-icu",
        "Unicode-3.0",
        BOTH,
        "part of Foundation, statically linked from the Swift toolchain",
        text="licences/ICU.txt",
    ),
    Outside(
        "UUIDs of Foundation",
        "https://github.com/swiftlang/swift-foundation",
        "BSD-3-Clause",
        BOTH,
        "part of Foundation, statically linked from the Swift toolchain",
        text="licences/Foundation-UUID.txt",
    ),
)

# Loaded from the system when a program starts; not part of what is released.
SYSTEM = (
    Outside("SQLite", "https://www.sqlite.org", "blessing", BOTH, "loaded from the system", "libsqlite3-0"),
    Outside("zlib", "https://www.zlib.net", "Zlib", BOTH, "loaded from the system", "zlib1g"),
    Outside("Expat", "https://libexpat.github.io", "MIT", ("kam",), "loaded from the system", "libexpat1"),
    Outside(
        "GNU C library",
        "https://www.gnu.org/software/libc/",
        "LGPL-2.1-or-later",
        BOTH,
        "loaded from the system",
        "libc6",
    ),
    Outside(
        "GNU C++ library",
        "https://gcc.gnu.org",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        BOTH,
        "loaded from the system",
        "libstdc++6",
    ),
    Outside(
        "GCC runtime",
        "https://gcc.gnu.org",
        "GPL-3.0-or-later WITH GCC-exception-3.1",
        BOTH,
        "loaded from the system",
        "libgcc-s1",
    ),
)

# Nothing of them is in a program.
TOOLS = (
    Outside("Swift", "https://github.com/swiftlang/swift", "Apache-2.0 WITH Swift-exception", (), "compiles"),
    Outside(
        "protoc",
        "https://github.com/protocolbuffers/protobuf",
        "BSD-3-Clause",
        (),
        "reads Protocol/kam/v1 for the generator of Sources/ProtocolMessages",
        "protobuf-compiler",
    ),
)
