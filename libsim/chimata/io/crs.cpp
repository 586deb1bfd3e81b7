#include "chimata/io/crs.hpp"

#include <proj.h>

#include <cmath>
#include <utility>

#include "chimata/core/error.hpp"

namespace chimata::io {

namespace {

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct TransformationDeleter {
  void operator()(PJ* pj) const { proj_destroy(pj); }
};
using ContextPointer = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using TransformationPointer = std::unique_ptr<PJ, TransformationDeleter>;

ContextPointer make_context() {
  ContextPointer context{proj_context_create()};
  proj_log_level(context.get(), PJ_LOG_NONE);  // errors are reported as ours
  return context;
}

bool is_metric(PJ_CONTEXT* context, const PJ* crs) {
  const PJ_TYPE type = proj_get_type(crs);
  if (type == PJ_TYPE_BOUND_CRS) {
    const TransformationPointer source{proj_get_source_crs(context, crs)};
    return source && is_metric(context, source.get());
  }
  if (type == PJ_TYPE_COMPOUND_CRS) {
    const TransformationPointer horizontal{proj_crs_get_sub_crs(context, crs, 0)};
    return horizontal && is_metric(context, horizontal.get());
  }
  if (type != PJ_TYPE_PROJECTED_CRS) return false;
  const TransformationPointer system{proj_crs_get_coordinate_system(context, crs)};
  double metres = 0;
  return system &&
         proj_cs_get_axis_info(context, system.get(), 0, nullptr, nullptr, nullptr, &metres, nullptr, nullptr,
                               nullptr) &&
         metres == 1.0;
}

}  // namespace

std::string metric_crs_for(double lon, double lat) {
  if (!(std::abs(lon) <= 180 && lat >= -80 && lat <= 84)) {
    throw InputError(
        "coordinates",
        "longitude " + std::to_string(lon) + ", latitude " + std::to_string(lat) + " is no place for a city",
        "are longitude and latitude swapped?");
  }
  if (const int zone = japanese_zone(lon, lat)) return "EPSG:" + std::to_string(6668 + zone);
  const int zone = std::min(60, static_cast<int>(std::floor((lon + 180) / 6)) + 1);
  return "EPSG:" + std::to_string((lat < 0 ? 32700 : 32600) + zone);
}

bool is_metric(const std::string& crs) {
  const auto context = make_context();
  const TransformationPointer pj{proj_create(context.get(), crs.c_str())};
  return pj && is_metric(context.get(), pj.get());
}

struct Projection::Transformation {
  ContextPointer context = make_context();
  TransformationPointer pj;
};

Projection::Projection(const std::string& crs)
    : transformation_(std::make_unique<Transformation>()), crs_(crs) {
  PJ_CONTEXT* context = transformation_->context.get();
  const TransformationPointer target{proj_create(context, crs.c_str())};
  if (!target)
    throw InputError("crs " + crs, "is not a known coordinate system", "give an EPSG code such as EPSG:6677");
  if (!is_metric(context, target.get())) {
    throw InputError("crs " + crs, "is not a projected coordinate system in metres",
                     "leave it out to have one chosen, or give one such as EPSG:6677");
  }
  const TransformationPointer given{proj_create_crs_to_crs(context, "EPSG:4326", crs.c_str(), nullptr)};
  if (given) transformation_->pj.reset(proj_normalize_for_visualization(context, given.get()));
  if (!transformation_->pj)
    throw InputError("crs " + crs, "cannot be reached from longitude and latitude", "give another EPSG code");
}

void transform(const std::string& from, const std::string& to, std::span<Point> points) {
  const auto context = make_context();
  for (const auto& crs : {from, to}) {
    if (!TransformationPointer{proj_create(context.get(), crs.c_str())})
      throw InputError("crs " + crs, "is not a known coordinate system",
                       "give an EPSG code such as EPSG:6677");
  }
  const TransformationPointer given{proj_create_crs_to_crs(context.get(), from.c_str(), to.c_str(), nullptr)};
  const TransformationPointer pj{given ? proj_normalize_for_visualization(context.get(), given.get())
                                       : nullptr};
  if (!pj) throw InputError("crs " + from, "cannot be brought into " + to, "give another EPSG code");
  if (points.empty()) return;
  const std::size_t step = sizeof(Point), count = points.size();
  proj_trans_generic(pj.get(), PJ_FWD, &points[0].x, step, count, &points[0].y, step, count, nullptr, 0, 0,
                     nullptr, 0, 0);
  for (const Point p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y))
      throw InputError("crs " + from, "some of the coordinates cannot be expressed in " + to,
                       "is the axis order or the zone right?");
  }
}

Projection::Projection(Projection&&) noexcept = default;
Projection& Projection::operator=(Projection&&) noexcept = default;
Projection::~Projection() = default;

Point Projection::to_city(LonLat place) const {
  Point point{place.lon, place.lat};
  to_city({&point, 1});
  return point;
}

LonLat Projection::to_lonlat(Point place) const {
  const PJ_COORD result =
      proj_trans(transformation_->pj.get(), PJ_INV, proj_coord(place.x, place.y, 0, HUGE_VAL));
  return {result.xy.x, result.xy.y};
}

void Projection::to_city(std::span<Point> points) const {
  if (points.empty()) return;
  const std::size_t step = sizeof(Point), count = points.size();
  proj_trans_generic(transformation_->pj.get(), PJ_FWD, &points[0].x, step, count, &points[0].y, step, count,
                     nullptr, 0, 0, nullptr, 0, 0);
  for (const Point p : points) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) {
      throw InputError("crs " + crs_, "cannot express some of the coordinates",
                       "is the axis order or the zone right?");
    }
  }
}

}  // namespace chimata::io
