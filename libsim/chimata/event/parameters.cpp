#include "chimata/event/model.hpp"

namespace chimata {

const Declarations<EventModel>& event_parameters() {
  using Model = EventModel;
  static const Declarations<Model> all{
      "event",
      "催事",
      "Event",
      {
          text("name", &Model::name).source("the plan", 'C').label("名称", "Name").help("For people."),
          text("at", &Model::at)
              .source("the plan", 'C')
              .label("会場", "Place")
              .help("A polygon of the city, such as area:riverside; streets inside it are closed to "
                    "passers-by."),
          text("centre", &Model::centre)
              .source("the middle of the place", 'C')
              .label("見物の中心", "Where the best view is")
              .help("building:ID, area:ID or \"longitude, latitude\"; people fill the place from here "
                    "outwards."),
          number("within_m", &Model::within, "m")
              .range(0, 5000)
              .source("anywhere in the area", 'C')
              .label("観覧範囲", "How far from the centre people stay")
              .help("0: anywhere in the area."),
          time_of_day("start", &Model::start)
              .source("the plan", 'C')
              .label("開始", "Start")
              .help("When the event begins."),
          time_of_day("end", &Model::end).source("the plan", 'C').label("終了", "End").help("When it ends."),
          integer("attendance", &Model::attendance, "persons")
              .range(1, 1'000'000)
              .source("the plan", 'C')
              .label("来場者数", "Attendance")
              .help("Residents within the catchment first fill what does not come by train."),
          list("people", &Model::people)
              .source("none: all alike, as crowds says", 'C')
              .label("来場者の種別", "Kinds of people")
              .help("Each as \"kind, share\" or \"kind, share, law of motion\"; kinds are those of the "
                    "profiles "
                    "(adult, child, elderly, wheelchair, stroller ...), and \"population\" for the city's "
                    "own."),
          list("groups", &Model::groups)
              .source(
                  "none: everybody alone. Moussaid et al. 2010, PLoS ONE 5(4) e10047, abstract: up to 70 % "
                  "of people in a crowd move in groups; before a football game about a quarter came alone, "
                  "groups were of four on average (survey at a stadium, abstract read)",
                  'B')
              .label("同行者の人数", "Groups")
              .help("Each as \"size, share of those who come\", such as \"2, 0.45\": they come, stand and "
                    "leave "
                    "together; households first."),
          duration("arrive_from", &Model::arrive_from)
              .range(60, 6 * 3600)
              .source("judgement: people come over the last hour and a half, most of them in its middle", 'C')
              .label("来場の始まり(開始前)", "First arrivals before the start")
              .help("Arrivals at the place follow a triangle from this long before the start to the start."),
          number("catchment_m", &Model::catchment, "m")
              .range(100, 20'000)
              .source("judgement: 40 minutes on foot", 'C')
              .label("徒歩圏", "Catchment on foot")
              .help("Residents farther than this from every gate do not come."),
          number("viewing_density", &Model::viewing_density, "persons/m2")
              .range(0.2, 4)
              .source("judgement: people standing at ease, well below the 4 persons/m2 at which queues are "
                      "stopped",
                      'C')
              .label("観覧密度", "Density where people stay")
              .help("How closely people stand while they watch."),
          duration("release", &Model::release)
              .range(0, 4 * 3600)
              .source("judgement: without control a crowd breaks up within 20 minutes of the end", 'C')
              .label("退場の時間幅", "Time over which people set out")
              .help("From the end until the last have set out."),
          integer("blocks", &Model::blocks, "")
              .range(1, 50)
              .source("1: everybody sets out when they like", 'C')
              .label("退場の区画数(分断規制)", "Parts of the crowd that set out in turn")
              .help(
                  "The place is divided from its centre outwards; the outer parts set out first, each within "
                  "its share of the release."),
          fraction("guided", &Model::guided)
              .source("0: no guidance; information, not control", 'C')
              .label("誘導に従う割合", "Share who follow guidance")
              .help(
                  "They leave by the gate that is quickest at that moment, queue included; the others by the "
                  "way they came."),
          list("closed_gates", &Model::closed_gates)
              .source("the plan", 'C')
              .label("閉鎖する出入口", "Gates that are shut")
              .help("Ids of gates, such as way/100103; the table of gates lists them."),
          list("entrances_only", &Model::entrances_only)
              .source("the plan", 'C')
              .label("入口専用", "Gates to come in by only")
              .help("One-way gates."),
          list("exits_only", &Model::exits_only)
              .source("the plan", 'C')
              .label("出口専用", "Gates to leave by only")
              .help("One-way gates."),
          list("extra_gates", &Model::extra_gates)
              .source("the plan", 'C')
              .label("追加の出入口", "Further gates")
              .help("Each as \"longitude, latitude, width in m\": a gap in the border, joined to the nearest "
                    "street."),
          list("barriers", &Model::barriers)
              .source("the plan", 'C')
              .label("柵・ロープ", "Barriers")
              .help(
                  "Each as \"longitude, latitude, longitude, latitude\", or more points, and when it stands: "
                  "\"…, 20:50, 21:20\"; nobody passes it while it does."),
          list("checks", &Model::checks)
              .source("the plan", 'C')
              .label("入場時の検査", "Checks at the way in")
              .help("Each as \"gate, lanes, seconds per person\". Patrons walk through a metal detector in 5 "
                    "to 7 "
                    "s (Ricks et al. 2014, B); bags are searched at 4 a minute, ticket gates pass 660 "
                    "persons an "
                    "hour (B)."),
          number("check_variation", &Model::check_variation, "")
              .range(0, 3)
              .source("judgement: a lognormal law, most are quick and few take long", 'C')
              .label("検査時間のばらつき", "Variation of checks")
              .help("Standard deviation over mean of the time that one person takes; 0: all take the same."),
          flag("cut_buildings", &Model::cut_buildings)
              .source("false: an area is as it was drawn", 'C')
              .label("建物を除く", "Buildings cut out")
              .help("True: the city's buildings are holes of the area, and nobody walks through them."),
          integer("stops_at_level", &Model::stops_at_level, "")
              .range(0, 5)
              .source("judgement: an evacuation order (level 4) for the place ends what is held there", 'C')
              .label("中止する警戒レベル", "Alert level that ends the event")
              .help("From this alert level at the place on staff end the event, and nobody else comes. 0: it "
                    "goes on."),
          number("stops_in_smoke_per_m", &Model::stops_in_smoke, "1/m")
              .range(0, 100)
              .source("judgement: staff see smoke in which a sign fades at 30 m", 'C')
              .label("中止する煙の濃さ", "Smoke that ends the event")
              .help(
                  "Where smoke reaches this extinction coefficient anywhere in the area, staff end the event "
                  "as they do at a warning. 0: it goes on. Needs smoke."),
          fraction("announce_reach", &Model::announce_reach)
              .source(
                  "judgement: loudspeakers and staff all over a place that is lit, among people who stand",
                  'C')
              .label("会場放送の到達率", "Reach of announcements at the place")
              .help(
                  "Share of those in the area whom loudspeakers and staff tell of a warning; the others see "
                  "that the event is over and go home."),
          duration("announce_delay", &Model::announce_delay)
              .range(0, 3600)
              .source("judgement: the organisers decide, then the message is read out and repeated", 'C')
              .label("会場放送の平均遅れ", "Mean delay of announcements at the place")
              .help("Mean of an exponential law from the warning until somebody in the area is told."),
          text("station", &Model::station)
              .source("the plan", 'C')
              .label("駅", "Station")
              .help("A place such as building:station or area:station_square; people who come by train come "
                    "and go "
                    "by the nearest street node."),
          fraction("train_share", &Model::train_share)
              .source("0: everybody lives here", 'C')
              .label("鉄道利用の割合", "Share who come by train")
              .help("They come on top of the residents."),
          duration("train_every", &Model::train_every)
              .range(60, 3 * 3600)
              .source("a suburban line's evening headway", 'C')
              .label("列車の間隔", "Time between trains")
              .help("Counted from the scenario's start."),
          integer("train_capacity", &Model::train_capacity, "persons")
              .range(1, 10'000)
              .source("four cars of 150 at 100 % load", 'C')
              .label("1列車に乗れる人数", "Persons who find room in a train")
              .help("Room in a train that leaves the station."),
          time_of_day("last_train", &Model::last_train)
              .source("trains run on", 'C')
              .label("最終列車", "Last train")
              .help("No train leaves after it."),
          number("platform_area", &Model::platform_area, "m2")
              .range(10, 100'000)
              .source("a platform of 100 m by 5 m", 'C')
              .label("待合・ホームの面積", "Area where people wait for trains")
              .help("For the load of the platform in persons/m2."),
          number("station_gates", &Model::station_gates, "persons/s")
              .range(0.1, 100)
              .source("four ticket gates of 60 persons/min each", 'C')
              .label("改札の通過能力", "Flow out of the station")
              .help("How fast those who got off a train come out."),
          fraction("car_share", &Model::car_share)
              .source("0: nobody comes by car from outside the town", 'C')
              .label("自動車利用の割合", "Share who come by car")
              .help("They come on top of the residents, by the roads of car_from, and need driving."),
          list("car_from", &Model::car_from)
              .source("the plan", 'C')
              .label("自動車の流入口", "Where cars enter the town")
              .help(
                  "Places such as \"139.72, 35.68\"; cars come in equal parts by the road nearest to each."),
          list("car_parks", &Model::car_parks)
              .source("the plan", 'C')
              .label("駐車場", "Car parks")
              .help(
                  "Each as \"place, spaces\": \"139.72, 35.68, 300\" or \"building:ID, 300\". Those who come "
                  "first take the one that is quickest for them."),
          number("persons_per_car", &Model::persons_per_car, "persons")
              .range(1, 9)
              .source("judgement: couples and families", 'C')
              .label("1台あたりの人数", "Persons in a car")
              .help("Parties alternate between the whole numbers around it."),
          duration("parking_time", &Model::parking_time)
              .range(0, 1800)
              .source("judgement: as long as getting into a car and driving off at home", 'C')
              .label("駐車・乗車の時間", "Time to park, or to get in")
              .help("From turning in until people walk off, and from the last of a party until the car "
                    "leaves."),
      }};
  return all;
}

}  // namespace chimata
