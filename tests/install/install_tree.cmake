# Installs the build tree BUILD, builds examples/cpp against it as a stranger would, and runs it.
set(prefix ${BUILD}/install_tree)
set(example ${BUILD}/install_tree_example)
set(city ${example}/riverside.h5)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${ARGN}\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(REMOVE_RECURSE ${prefix} ${example})
run(${CMAKE_COMMAND} --install ${BUILD} --component cpp --prefix ${prefix})
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE}/examples/cpp -B ${example} -DCMAKE_PREFIX_PATH=${prefix}
    -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_BUILD_TYPE=Release)
run(${CMAKE_COMMAND} --build ${example})

file(WRITE ${example}/calm.yaml "name: calm\nstart: 2025-09-10 02:00\nduration: 30min\npopulation: {total: 200, seed: 1}\n")
run(${example}/build_city ${SOURCE}/data/riverside ${city})
run(${example}/evacuate ${city} ${example}/calm.yaml 7)
if(NOT output MATCHES "calm, seed 7")
  message(FATAL_ERROR "the example printed:\n${output}")
endif()

# a stranger's mistake is one line and a failure, not a crash
execute_process(COMMAND ${example}/evacuate ${city} ${example}/missing.yaml RESULT_VARIABLE status
                OUTPUT_VARIABLE output ERROR_VARIABLE problem)
if(NOT status EQUAL 1 OR NOT problem MATCHES "missing.yaml" OR problem MATCHES "\n.+\n")
  message(FATAL_ERROR "status ${status} and:\n${problem}")
endif()
