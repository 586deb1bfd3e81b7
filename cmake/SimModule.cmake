# A room of the house: a folder of libsim/chimata, a library, and its permission to include.
#
#   sim_module(walking HEADERS walking.hpp SOURCES walking.cpp USES mobility routing)
#
# USES names the rooms below that this room may include, LINKS outside libraries seen in its public
# headers, HIDES outside libraries only its sources may see. tests/architecture checks every
# #include against USES.

add_library(chimata_flags INTERFACE)
target_compile_options(chimata_flags INTERFACE
  # the same bits from every compiler and instruction set: see ARCHITECTURE, "Same bits, always"
  -ffp-contract=off
  $<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wnon-virtual-dtor>
  $<BUILD_INTERFACE:$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>>  # GCC 12 sees overlaps in std::string that are none (PR105651)
  $<$<BOOL:${CHIMATA_WERROR}>:-Werror>)
if(CHIMATA_SANITIZE)
  target_compile_options(chimata_flags INTERFACE
    -fsanitize=${CHIMATA_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(chimata_flags INTERFACE -fsanitize=${CHIMATA_SANITIZE})
endif()
install(TARGETS chimata_flags EXPORT chimata)

set(CHIMATA_ROOMS "" CACHE INTERNAL "")
set(CHIMATA_HEADERS "" CACHE INTERNAL "")

function(sim_module room)
  cmake_parse_arguments(ARG "" "" "HEADERS;SOURCES;USES;LINKS;HIDES" ${ARGN})
  set(folder ${PROJECT_SOURCE_DIR}/libsim/chimata/${room})
  list(TRANSFORM ARG_SOURCES PREPEND ${folder}/)
  list(TRANSFORM ARG_USES PREPEND chimata_)

  if(ARG_SOURCES)
    add_library(chimata_${room} STATIC ${ARG_SOURCES})
    set(scope PUBLIC)
    if(ARG_HIDES)
      target_link_libraries(chimata_${room} PRIVATE ${ARG_HIDES})
    endif()
  else()
    add_library(chimata_${room} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(chimata::${room} ALIAS chimata_${room})
  set_target_properties(chimata_${room} PROPERTIES EXPORT_NAME ${room})
  target_include_directories(chimata_${room} ${scope}
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/libsim> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(chimata_${room} ${scope} chimata_flags ${ARG_USES} ${ARG_LINKS})

  foreach(header IN LISTS ARG_HEADERS)
    install(FILES ${folder}/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/chimata/${room})
    set(CHIMATA_HEADERS ${CHIMATA_HEADERS} chimata/${room}/${header} CACHE INTERNAL "")
  endforeach()
  install(TARGETS chimata_${room} EXPORT chimata)
  list(TRANSFORM ARG_USES REPLACE "^chimata_" "")
  string(JOIN " " uses ${room} ${ARG_USES})
  set(CHIMATA_ROOMS ${CHIMATA_ROOMS} "${uses}" CACHE INTERNAL "")
endfunction()
