# The libraries that libroute stands on. Debian's find modules have an order:
# Protobuf in module mode before gRPC, and pkg-config for gRPC's own modules.

find_package(Threads REQUIRED)
find_package(Protobuf REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(yaml-cpp CONFIG REQUIRED)
find_package(LibIcal CONFIG REQUIRED)
# Without a package file of its own. Linked by name, so that what we install
# does not carry a path of this machine.
find_library(PHONENUMBER_FILE phonenumber REQUIRED)
set(PHONENUMBER_LIBRARY phonenumber)
find_library(RE2_FILE re2 REQUIRED)
set(RE2_LIBRARY re2)

if(LIBROUTE_SERVICES)
  find_package(PkgConfig REQUIRED)
  find_package(gRPC CONFIG REQUIRED)
  find_package(Boost 1.74 REQUIRED)
  find_package(CLI11 CONFIG REQUIRED)
  find_package(spdlog CONFIG REQUIRED)
endif()
if(LIBROUTE_TESTS)
  find_package(GTest CONFIG REQUIRED)
endif()
if(LIBROUTE_BENCH)
  find_package(PkgConfig REQUIRED)
  find_package(benchmark CONFIG REQUIRED)
  pkg_check_modules(LUAJIT REQUIRED IMPORTED_TARGET luajit)
endif()
