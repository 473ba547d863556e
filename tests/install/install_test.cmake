# See CMakeLists.txt. Variables: BUILD, SOURCE, WORK, GENERATOR, COMPILER,
# SANITIZE.

cmake_minimum_required(VERSION 3.25)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output
                  ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "failed (${result}): ${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

# build_stranger(<name> [<option>...]): a build of its own of examples/embed.
function(build_stranger name)
  set(flags "")
  if(SANITIZE)
    set(flags "-fsanitize=${SANITIZE}")
  endif()
  run(${CMAKE_COMMAND} -S ${WORK}/embed -B ${WORK}/${name} -G ${GENERATOR}
      -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_CXX_FLAGS=${flags}
      -DCMAKE_PREFIX_PATH=${WORK}/prefix ${ARGN})
  run(${CMAKE_COMMAND} --build ${WORK}/${name})
endfunction()

function(expect_ends_at_voicemail)
  run(${ARGN})
  foreach(expected "front" "voicemail" "The call ends at: voicemail")
    string(FIND "${output}" "${expected}" at)
    if(at EQUAL -1)
      message(FATAL_ERROR "\"${expected}\" is missing in:\n${output}")
    endif()
  endforeach()
endfunction()

file(REMOVE_RECURSE ${WORK})
run(${CMAKE_COMMAND} --install ${BUILD} --component development --prefix ${WORK}/prefix)
# A copy, so that nothing of the source tree is found by accident.
file(COPY ${SOURCE}/examples/embed DESTINATION ${WORK})

build_stranger(core -DCMAKE_DISABLE_FIND_PACKAGE_yaml-cpp=ON)
expect_ends_at_voicemail(${WORK}/core/core_only)
run(ldd ${WORK}/core/core_only)
if(output MATCHES "yaml")
  message(FATAL_ERROR "core_only needs yaml-cpp:\n${output}")
endif()

build_stranger(readers -DREADERS=ON)
expect_ends_at_voicemail(${WORK}/readers/with_readers ${WORK}/embed/desk.yaml +3222000100)
