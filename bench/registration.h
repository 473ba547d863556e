#ifndef LIBROUTE_BENCH_REGISTRATION_H_
#define LIBROUTE_BENCH_REGISTRATION_H_

// Each file of benchmarks registers its own, to be run by main.cc.
namespace libroute::bench {

void RegisterDecisions();
void RegisterBranches();
void RegisterAlternatives();
void RegisterSealing();
void RegisterDirectory();
void RegisterNumbers();
void RegisterAttachments();
void RegisterProofs();
void RegisterRecords();
void RegisterLimits();
void RegisterBesides();
void RegisterSchedules();
// Where the services are built, too.
void RegisterQuestions();

}  // namespace libroute::bench

#endif  // LIBROUTE_BENCH_REGISTRATION_H_
