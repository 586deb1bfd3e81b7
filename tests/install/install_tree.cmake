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

# one run forks into two futures
file(WRITE ${example}/wet.yaml "base: calm.yaml\nname: wet\nedits: [{op: close, target: 'link:3', start: '02:10'}]\n")
run(${example}/what_next ${city} ${example}/calm.yaml ${example}/wet.yaml 10 7)
if(NOT output MATCHES "safe in the end, calm: .*safe in the end, wet: ")
  message(FATAL_ERROR "the example printed:\n${output}")
endif()

# the engine alone, on a machine that has neither GDAL nor HDF5 nor any other library for files
set(alone ${BUILD}/install_tree_engine)
file(REMOVE_RECURSE ${alone})
set(without "")
foreach(package GDAL HDF5 PROJ EXPAT ZLIB BZip2 yaml-cpp nlohmann_json Boost)
  list(APPEND without -DCMAKE_DISABLE_FIND_PACKAGE_${package}=ON)
endforeach()
run(${CMAKE_COMMAND} -G Ninja -S ${SOURCE}/examples/engine -B ${alone} -DCMAKE_PREFIX_PATH=${prefix}
    -DCMAKE_CXX_COMPILER=${CXX} -DCMAKE_BUILD_TYPE=Release ${without})
run(${CMAKE_COMMAND} --build ${alone})
run(${alone}/nearest_shelter)
if(NOT output MATCHES "B -> east: 2")
  message(FATAL_ERROR "the example printed:\n${output}")
endif()

# a stranger's mistake is one line and a failure, not a crash
execute_process(COMMAND ${example}/evacuate ${city} ${example}/missing.yaml RESULT_VARIABLE status
                OUTPUT_VARIABLE output ERROR_VARIABLE problem)
if(NOT status EQUAL 1 OR NOT problem MATCHES "missing.yaml" OR problem MATCHES "\n.+\n")
  message(FATAL_ERROR "status ${status} and:\n${problem}")
endif()
