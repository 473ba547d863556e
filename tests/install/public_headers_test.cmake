# Every public header includes the standard library, abseil and other public
# headers, and nothing else. Variables: INCLUDE (the directory that holds
# libroute/), HEADERS.
cmake_minimum_required(VERSION 3.25)

foreach(header ${HEADERS})
  file(STRINGS ${INCLUDE}/libroute/${header} includes REGEX "^#include \"")
  foreach(include ${includes})
    string(REGEX REPLACE "^#include \"([^\"]*)\".*" "\\1" included "${include}")
    string(REGEX REPLACE "^libroute/" "" own "${included}")
    if(NOT included MATCHES "^absl/" AND NOT own IN_LIST HEADERS)
      message(SEND_ERROR "libroute/${header} shows ${included}, which is not public")
    endif()
  endforeach()
  # Angle brackets are for the standard library, whose names have no slash.
  file(STRINGS ${INCLUDE}/libroute/${header} foreign REGEX "^#include <.*[/.]")
  if(foreign)
    message(SEND_ERROR "libroute/${header} shows ${foreign}")
  endif()
endforeach()
