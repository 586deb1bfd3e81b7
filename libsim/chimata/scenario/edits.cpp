#include "chimata/scenario/edits.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <cmath>

#include "chimata/core/text.hpp"
#include "chimata/scenario/places.hpp"
#include "chimata/scenario/shelter_edits.hpp"
#include "chimata/scenario/street_edits.hpp"

namespace chimata {

namespace {

std::string text_or(const Json& edit, const char* key, const std::string& fallback,
                    const std::string& where) {
  const auto it = edit.find(key);
  if (it == edit.end() || it->is_null()) return fallback;
  if (!it->is_string()) throw InputError(where, std::string(key) + " is " + it->dump(), "give a text");
  return it->get<std::string>();
}

class Editor {
 public:
  Editor(Editable scene, std::vector<AppliedEdit>& done) : scene_(scene), done_(done) {}

  void apply(const Json& edit, const std::string& where) {
    where_ = where;
    ++number_;
    if (!edit.is_object()) throw InputError(where, "an edit is " + edit.dump(), "write {op, target, ...}");
    check_keys(edit);
    op_ = text_or(edit, "op", "", where);
    target_ = text_or(edit, "target", "", where);
    why_ = text_or(edit, "why", "", where);
    static const std::vector<std::string> ops = {"change", "move",   "close",     "open",
                                                 "add",    "remove", "contraflow"};
    if (std::find(ops.begin(), ops.end(), op_) == ops.end()) {
      throw InputError(where, "there is no operation \"" + op_ + "\"", "use one of " + listed(ops));
    }
    if (target_.empty())
      throw InputError(where, "target is missing", "name one, e.g. shelter:S01 or evacuation");
    const NamedThing target = named_thing(target_);
    if (target.kind == "shelter") return edit_shelters(edit, target.id);
    if (target.kind == "link" || target.kind == "street") return edit_links(edit);
    if (op_ == "change") {
      const bool named = target.kind == "model" || target.kind == "event";
      return change_model(edit, target.kind == "event" ? "event" : named ? target.id : target_);
    }
    if (target_.starts_with("way/") || target_.starts_with("extra/") || target.kind == "gate") {
      throw InputError(where, "cannot " + op_ + " \"" + target_ + "\"",
                       "a gate of the event is shut by {op: change, target: event, set: {closed_gates: [" +
                           (target.kind == "gate" ? target.id : target_) +
                           "]}}, a street by target: link:osm/way/ID");
    }
    throw InputError(
        where, "cannot " + op_ + " \"" + target_ + "\"",
        "targets are shelter:ID, link:osm/way/ID, street:NAME, event:NAME or a model such as evacuation");
  }

 private:
  void check_keys(const Json& edit) const {
    static const std::vector<std::string> keys = {"op",    "target", "to",     "set",       "start", "end",
                                                  "modes", "why",    "toward", "direction", "wait"};
    for (const auto& [key, value] : edit.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
        throw InputError(where_, "unknown key \"" + key + "\" in an edit", did_you_mean(key, keys));
      }
    }
  }

  void note(const std::string& target, std::string field, std::string old_value, std::string new_value) {
    done_.push_back(
        {op_, target, std::move(field), std::move(old_value), std::move(new_value), why_, number_});
  }

  std::vector<ShelterPlan*> matching_shelters(const std::string& id) {
    std::vector<ShelterPlan*> found;
    for (auto& shelter : scene_.shelters) {
      if (::fnmatch(id.c_str(), shelter.id.c_str(), 0) == 0) found.push_back(&shelter);
    }
    if (found.empty()) {
      std::vector<std::string> ids;
      for (const auto& shelter : scene_.shelters) ids.push_back("shelter:" + shelter.id);
      const std::string hint = did_you_mean(target_, ids);
      throw InputError(where_, target_ + " not found", hint.empty() ? "there are " + listed(ids) : hint);
    }
    return found;
  }

  [[nodiscard]] Point place_of(const Json& to) const {
    return chimata::place_of(to, scene_.city, scene_.inputs.locate, where_);
  }

  void move_to(ShelterPlan& shelter, const Json& to) {
    const Point place = place_of(to);
    char old_text[64], new_text[64];
    std::snprintf(old_text, sizeof old_text, "%.0f, %.0f", shelter.position.x, shelter.position.y);
    std::snprintf(new_text, sizeof new_text, "%.0f, %.0f", place.x, place.y);
    note("shelter:" + shelter.id, "position", old_text,
         to.is_string() ? to.get<std::string>() + " (" + new_text + ")" : std::string(new_text));
    shelter.position = place;
  }

  void set(ShelterPlan& shelter, const Json& fields) {
    set_shelter(shelter, fields, scene_.clock, where_,
                [&](std::string field, std::string old_value, std::string new_value) {
                  note("shelter:" + shelter.id, std::move(field), std::move(old_value), std::move(new_value));
                });
  }

  void edit_shelters(const Json& edit, const std::string& id) {
    if (op_ == "add") return add_shelter(edit, id);
    const auto found = matching_shelters(id);
    if (op_ == "move") {
      if (!edit.contains("to"))
        throw InputError(where_, "to is missing", "say where " + target_ + " moves to");
      for (ShelterPlan* shelter : found) move_to(*shelter, edit["to"]);
    } else if (op_ == "change") {
      for (ShelterPlan* shelter : found) set(*shelter, edit.value("set", Json::object()));
    } else if (op_ == "remove" || op_ == "close") {
      for (ShelterPlan* shelter : found) shut(*shelter);
    } else {
      throw InputError(where_, "cannot " + op_ + " " + target_,
                       "give it a capacity instead: {op: change, set: {capacity: 500}}");
    }
  }

  /// Closed, not erased: rows keep their numbers, so that runs compare shelter by shelter.
  void shut(ShelterPlan& shelter) {
    note("shelter:" + shelter.id, "capacity", std::to_string(shelter.capacity), "0");
    shelter.capacity = 0;
    if (!shelter.exit) return;
    note("shelter:" + shelter.id, "exit", "true", "false");  // a way out has room whatever its capacity
    shelter.exit = false;
  }

  void add_shelter(const Json& edit, const std::string& id) {
    for (const auto& shelter : scene_.shelters) {
      if (shelter.id == id) throw InputError(where_, target_ + " is there already", "choose another id");
    }
    if (!edit.contains("to")) throw InputError(where_, "to is missing", "say where " + target_ + " stands");
    const Json fields = edit.value("set", Json::object());
    if (!fields.contains("capacity"))
      throw InputError(where_, "capacity of " + target_ + " is missing", "add set: {capacity: 300}");
    ShelterPlan shelter{id, id, place_of(edit["to"]), 0, kAnyHazard, {}};
    set(shelter, fields);
    scene_.shelters.push_back(shelter);
  }

  void edit_links(const Json& edit) {
    const StreetScene streets{scene_.city.network, scene_.clock,
                              scene_.end,          scene_.closures,
                              scene_.link_changes, [this](const Json& to) { return place_of(to); }};
    edit_streets({edit, op_, target_, where_}, streets,
                 [this](std::string field, std::string old_value, std::string new_value) {
                   note(target_, std::move(field), std::move(old_value), std::move(new_value));
                 });
  }

  void change_model(const Json& edit, const std::string& name) {
    const ModelEntry& model = find_model(name, where_);
    const auto settings = scene_.settings.find(name);
    if (settings == scene_.settings.end()) {
      throw InputError(where_, "the scenario has no " + name, "add it before changing it");
    }
    const Json set = edit.value("set", Json::object());
    if (set.empty()) throw InputError(where_, "set is missing", "say what to change, e.g. {compliance: 0.8}");
    for (const auto& [key, value] : set.items()) {
      const Parameter& parameter = find_parameter(model, key, where_);
      ParameterValue& current = settings->second.at(key);
      const ParameterValue after =
          read_value(parameter, value, scene_.clock, current, where_ + ": " + name + "." + key);
      const auto text = [&](const ParameterValue& v) {
        const Json j = write_value(v, scene_.clock);
        return j.is_string() ? j.get<std::string>() : j.dump();
      };
      note(name, key, text(current), text(after));
      current = after;
    }
  }

  Editable scene_;
  std::vector<AppliedEdit>& done_;
  std::string where_, op_, target_, why_;
  int number_ = 0;
};

}  // namespace

std::vector<AppliedEdit> apply_edits(const Json& edits, Editable scene) {
  std::vector<AppliedEdit> done;
  Editor editor(scene, done);
  std::size_t number = 1;
  for (const auto& edit : edits)
    editor.apply(edit, scene.inputs.where + ": edit " + std::to_string(number++));
  return done;
}

}  // namespace chimata
