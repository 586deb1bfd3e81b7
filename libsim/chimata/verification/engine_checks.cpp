/// The machinery: random numbers, elementary functions, threads, snapshots, order of messages.
#include <algorithm>
#include <cmath>

#include "chimata/core/fast_math.hpp"
#include "chimata/core/random.hpp"
#include "chimata/verification/draw.hpp"
#include "chimata/verification/judge.hpp"
#include "chimata/verification/suites.hpp"
#include "chimata/verification/town.hpp"
#include "chimata/verification/walkers.hpp"

namespace chimata::verification {

namespace {

void philox(Check& check, const Verification&) {
  using Four = std::array<std::uint32_t, 4>;
  std::size_t wrong = 0;
  wrong += philox4x32({0, 0, 0, 0}, {0, 0}) != Four{0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u};
  wrong += philox4x32({~0u, ~0u, ~0u, ~0u}, {~0u, ~0u}) !=
           Four{0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu};
  wrong += philox4x32({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u}, {0xa4093822u, 0x299f31d0u}) !=
           Four{0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u};
  expect_none_wrong(check, wrong, 3, "known answers");
}

void elementary(Check& check, const Verification& models) {
  double worst_exp = 0, worst_log = 0;
  const int samples = models.thorough ? 2'000'000 : 200'000;
  Draw draw("verification.elementary", 0);
  for (int i = 0; i < samples; ++i) {
    const double x = 1400 * draw.uniform() - 700;
    const long double exact = std::exp(static_cast<long double>(x));
    worst_exp = std::max(worst_exp, static_cast<double>(std::fabs((fast::exp(x) - exact) / exact)));
    const double y = fast::exp(x);
    const long double logarithm = std::log(static_cast<long double>(y));
    if (std::fabs(x) < 0.1) continue;
    worst_log = std::max(worst_log, static_cast<double>(std::fabs((fast::log(y) - logarithm) / logarithm)));
  }
  check.expected = "relative error below 4e-16, against 64-bit significands";
  check.measured = "exp " + text(worst_exp * 1e16, 2) + "e-16, log " + text(worst_log * 1e16, 2) + "e-16, " +
                   std::to_string(samples) + " arguments";
  check.tolerance = "< 4e-16";
  check.passed = worst_exp < 4e-16 && worst_log < 4e-16;
}

TownPlan flooded_town(int threads = 1) {
  TownPlan plan;
  plan.order_at = 600, plan.threads = threads;
  return plan;
}

std::uint64_t hash_at_end(const TownPlan& plan, const Verification& models) {
  Town town(plan, models);
  town.run();
  return town.kernel().hash();
}

void threads(Check& check, const Verification& models) {
  std::size_t wrong = 0, cases = 0;
  for (const auto law : {WalkingLaw::weidmann, WalkingLaw::crowdwalk}) {
    Verification lawful = models;
    lawful.walking.law = law;
    const std::uint64_t expected = hash_at_end(flooded_town(1), lawful);
    for (const int count : {2, 4}) {
      wrong += hash_at_end(flooded_town(count), lawful) != expected;
      ++cases;
    }
  }
  expect_none_wrong(check, wrong, cases, "hashes of 2 and 4 threads, both laws,");
}

void snapshots(Check& check, const Verification& models) {
  Town whole(flooded_town(), models);
  std::vector<Snapshot> saved;
  for (const double moment : {1.0, 700.0, 1234.0, 2400.0, 5000.0}) {
    whole.kernel().run_until(time_of(moment));
    saved.push_back(whole.kernel().snapshot());
  }
  whole.run();
  std::size_t wrong = 0;
  for (const Snapshot& snapshot : saved) {
    Town other(flooded_town(), models);
    other.kernel().restore(snapshot);
    other.run();
    wrong += other.kernel().hash() != whole.kernel().hash();
  }
  expect_none_wrong(check, wrong, saved.size(), "hashes after a restore");
}

void order_of_messages(Check& check, const Verification& models) {
  std::uint64_t hash[2];
  for (const bool reversed : {false, true}) {
    Draw draw("verification.order", 0);
    const auto network = town_network(6, 60, draw);
    Walkers walkers(network, models);
    walkers.reversed = reversed;
    // many leave at the same moment and from the same place
    for (int i = 0; i < 600; ++i) walkers.add(draw.below(36), draw.below(36), 10 * draw.below(5));
    walkers.run(1800);
    hash[reversed ? 1 : 0] = walkers.hash();
  }
  expect_none_wrong(check, hash[0] != hash[1], 1, "hashes with handovers written in the opposite order");
}

}  // namespace

std::vector<Question> engine_checks() {
  return {{"philox", "乱数Philoxの既知解", "Known answers of Philox4x32-10",
           "Salmon et al. 2011, Random123 known-answer vectors", 'A', philox},
          {"elementary", "exp・logの誤差限界", "Error bound of exp and log",
           "IEEE 754 extended precision of the C library", 'A', elementary},
          {"threads", "スレッド数によらず同一結果", "The same bits for 1, 2 and 4 threads", "Identity", 'A',
           threads},
          {"snapshots", "保存・再開しても同一結果", "The same bits after save and restore at 5 moments",
           "Identity", 'A', snapshots},
          {"message_order", "受渡しの順序によらず同一結果", "The same bits whatever the order of handovers",
           "Identity", 'A', order_of_messages}};
}

}  // namespace chimata::verification
