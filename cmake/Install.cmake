# What `cmake --install` puts in place, and what find_package(libroute CONFIG)
# finds there:
#
#   libroute::core      compile plans, route calls, say why
#   libroute::readers   read plans from YAML and JSON, and their files; needs
#                       yaml-cpp
#   libroute::libroute  both
#
# COMPONENTS core asks for the first alone. Installing the component
# `development` needs no more than the libraries to be built.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# The headers for others. They show abseil and nothing else, and include only
# each other: tests/install checks that. (Messages of libroute.v1 are declared
# where they are needed; their generated headers show protobuf.)
set(LIBROUTE_CORE_HEADERS
  call/ahead.h
  call/call.h
  call/call_state.h
  call/callback.h
  call/claim.h
  call/contact_now.h
  call/decision.h
  call/digits.h
  call/email.h
  call/event.h
  call/gateway.h
  call/network_location.h
  call/outcome.h
  call/report.h
  call/routing_number.h
  call/service_code.h
  call/target_order.h
  contact/contact.h
  contact/contact_center.h
  contact/effect.h
  contact/event.h
  contact/handle.h
  contact/rules.h
  contact/strategy.h
  engine/agents.h
  engine/effect.h
  engine/engine.h
  engine/standing.h
  epoch/mutex.h
  facts/fact_history.h
  facts/facts.h
  facts/group_board.h
  facts/line_features.h
  number/number_profile.h
  number/number_text.h
  facts/portability.h
  plan/attachments.h
  plan/issue.h
  plan/limits.h
  plan/revision.h
  prove/prove.h
  record/record.h
  rehearsal/expectation.h
  rehearsal/rehearsal.h
  rehearsal/test_run.h
  report/decision_text.h
  report/tree_dot.h
  seal/keys.h
  tree/explanation.h
  wire/decision_wire.h
  wire/explanation_wire.h
  wire/message_writer.h
  wire/record_wire.h)
set(LIBROUTE_READERS_HEADERS
  readers/attachment_reader.h
  readers/inventory_reader.h
  readers/plan_reader.h
  readers/plan_writer.h)
set(LIBROUTE_MESSAGES agents center contact decision email explanation facts inventory line look_ahead place plan plan_test record route
  schedule status supervisor tree)

set(LIBROUTE_PACKAGE_DIR ${CMAKE_INSTALL_LIBDIR}/cmake/libroute)

# libroute_install_part(<part> <library>...): the target libroute::<part> of
# the libraries libroute_<library>, exported in a file of its own.
function(libroute_install_part part)
  add_library(libroute_${part}_part INTERFACE)
  set_target_properties(libroute_${part}_part PROPERTIES EXPORT_NAME ${part})
  add_library(libroute::${part} ALIAS libroute_${part}_part)
  foreach(library ${ARGN})
    target_link_libraries(libroute_${part}_part INTERFACE libroute_${library})
    set_target_properties(libroute_${library} PROPERTIES OUTPUT_NAME route_${library})
    list(APPEND targets libroute_${library})
  endforeach()
  install(TARGETS ${targets} libroute_${part}_part EXPORT libroute-${part}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT libroute-${part} NAMESPACE libroute:: FILE libroute-${part}-targets.cmake
    DESTINATION ${LIBROUTE_PACKAGE_DIR} COMPONENT development)
endfunction()

libroute_install_part(core
  call carrier contact engine epoch facts ledger number plan proto prove record rehearsal report schedule seal tree wire)
libroute_install_part(readers readers)
target_link_libraries(libroute_readers_part INTERFACE libroute_core_part)

foreach(header ${LIBROUTE_CORE_HEADERS} ${LIBROUTE_READERS_HEADERS})
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES ${PROJECT_SOURCE_DIR}/libroute/${header}
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/libroute/${folder} COMPONENT development)
endforeach()
foreach(message ${LIBROUTE_MESSAGES})
  install(FILES ${PROJECT_BINARY_DIR}/generated/libroute/v1/${message}.pb.h
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/libroute/v1 COMPONENT development)
  install(FILES ${PROJECT_SOURCE_DIR}/proto/libroute/v1/${message}.proto
    DESTINATION ${CMAKE_INSTALL_DATADIR}/libroute/proto/libroute/v1 COMPONENT development)
endforeach()

configure_package_config_file(cmake/libroute-config.cmake.in
  ${PROJECT_BINARY_DIR}/libroute-config.cmake INSTALL_DESTINATION ${LIBROUTE_PACKAGE_DIR})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/libroute-config-version.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/libroute-config.cmake
              ${PROJECT_BINARY_DIR}/libroute-config-version.cmake
  DESTINATION ${LIBROUTE_PACKAGE_DIR} COMPONENT development)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)
