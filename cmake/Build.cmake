# How everything here is compiled, and the function that makes one target of
# one folder.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(CCACHE ccache)
if(CCACHE)
  # So that it caches what is compiled with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # False in GCC 12 for abseil's inlined vectors.
  add_compile_options(-Wno-maybe-uninitialized)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  add_compile_options(-Wthread-safety -Werror=thread-safety)
endif()
if(LIBROUTE_SANITIZE)
  add_compile_options(-fsanitize=${LIBROUTE_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  if(LIBROUTE_SANITIZE MATCHES undefined AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # Each pointer that is followed would be checked: that doubles the time to compile. The
    # address sanitizer finds most of it, and clang checks the library and the handlers for all.
    add_compile_options(-fno-sanitize=null,alignment,object-size,vptr)
  endif()
  add_link_options(-fsanitize=${LIBROUTE_SANITIZE})
  if(LIBROUTE_SANITIZE MATCHES thread)
    # protobuf's headers give classes other members under this macro, which the
    # installed library was compiled without.
    add_compile_options(-U__SANITIZE_THREAD__)
  endif()
endif()
if(LIBROUTE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "LIBROUTE_FUZZ needs clang: cmake --preset clang")
  endif()
  # Lets the fuzzer see which branches its inputs reach.
  add_compile_options(-fsanitize=fuzzer-no-link)
  add_link_options(-fsanitize=fuzzer-no-link)
endif()

# Labels of the tests of a directory and of those below it. `grpc` is for what
# links gRPC or starts a program that does: the thread sanitizer cannot judge
# it. `threads` is given to those that start threads, and do not have `grpc`. `long` is for tests that do more when LIBROUTE_LONG=1 is in the
# environment.
set(LIBROUTE_TEST_LABELS "")

# All that does not need gRPC: what is built for clang's analysis. And those tests
# of it that start threads: what is built for the thread sanitizer.
add_custom_target(libraries_without_grpc)
add_custom_target(tests_with_threads)

# The sources of a target may be compiled together (LIBROUTE_UNITY).
function(libroute_unity name)
  if(LIBROUTE_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  endif()
endfunction()

# libroute_folder(<name> SOURCES <file>... [TESTS <file>...]
#                 [DEPS <target>...] [PRIVATE_DEPS <target>...]
#                 [TEST_DEPS <target>...] [SEPARATE])
#
# One static library libroute_<name> from the folder's sources, linked with
# what it shows (DEPS) and what it only uses (PRIVATE_DEPS); and one test
# program <name>_test of its tests. SEPARATE: its sources use the same names for
# different things, and are never compiled together (LIBROUTE_UNITY).
function(libroute_folder name)
  cmake_parse_arguments(ARG "SEPARATE" "" "SOURCES;TESTS;DEPS;PRIVATE_DEPS;TEST_DEPS" ${ARGN})
  add_library(libroute_${name} STATIC ${ARG_SOURCES})
  target_include_directories(libroute_${name} PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:include>)
  target_compile_features(libroute_${name} PUBLIC cxx_std_20)
  target_link_libraries(libroute_${name} PUBLIC ${ARG_DEPS} PRIVATE ${ARG_PRIVATE_DEPS})
  if(NOT ARG_SEPARATE)
    libroute_unity(libroute_${name})
  endif()
  if(NOT "grpc" IN_LIST LIBROUTE_TEST_LABELS)
    add_dependencies(libraries_without_grpc libroute_${name})
  endif()
  if(LIBROUTE_TESTS AND ARG_TESTS)
    libroute_test(${name}_test SOURCES ${ARG_TESTS}
                  DEPS libroute_${name} ${ARG_PRIVATE_DEPS} ${ARG_TEST_DEPS})
  endif()
endfunction()

# How the code of tests is compiled: what it tests is what has to be fast. (Tests with the label
# `long` work hard themselves.)
function(libroute_test_options name)
  target_compile_options(${name} PRIVATE $<$<NOT:$<CONFIG:Debug>>:-O0> $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endfunction()

# What nearly every test includes, compiled once: a third of the time that a test
# takes to compile. Not for clang, which compiles fuzz targets alone.
if(LIBROUTE_TESTS AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/test_headers.cc CONTENT "int main() {}\n")
  add_executable(test_headers ${CMAKE_BINARY_DIR}/test_headers.cc)
  target_link_libraries(test_headers PRIVATE GTest::gmock)
  libroute_test_options(test_headers)
  target_precompile_headers(test_headers PRIVATE
    <map> <memory> <optional> <set> <string> <vector> <gmock/gmock.h> <gtest/gtest.h>
    <absl/status/statusor.h> <absl/strings/str_cat.h> <absl/time/time.h>)
endif()

# libroute_test(<name> SOURCES <file>... DEPS <target>... [LABELS <label>...]):
# one test program, run as one test.
function(libroute_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  list(APPEND ARG_LABELS ${LIBROUTE_TEST_LABELS})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} GTest::gmock_main)
  target_compile_definitions(${name} PRIVATE LIBROUTE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if("long" IN_LIST ARG_LABELS)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  else()
    libroute_test_options(${name})
  endif()
  # Together: each alone takes a quarter of the time of eight of them.
  set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
  if(TARGET test_headers AND NOT "long" IN_LIST ARG_LABELS)
    target_precompile_headers(${name} REUSE_FROM test_headers)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  # What starts no thread has no races.
  if(NOT "grpc" IN_LIST ARG_LABELS)
    foreach(source ${ARG_SOURCES})
      file(STRINGS ${source} threads REGEX "std::thread" LIMIT_COUNT 1)
      if(threads AND NOT "threads" IN_LIST ARG_LABELS)
        list(APPEND ARG_LABELS threads)
        add_dependencies(tests_with_threads ${name})
      endif()
    endforeach()
  endif()
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 600)
endfunction()
