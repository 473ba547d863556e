#include "libroute/report/look_ahead_text.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "libroute/report/decision_text.h"
#include "libroute/report/text_lines.h"
#include "libroute/v1/look_ahead.pb.h"
#include "libroute/wire/enum_name.h"

namespace libroute {
namespace {

// "busy, no_answer", "digits 1", "no_input".
std::string HappenedText(const v1::AheadEdge& edge) {
  if (edge.outcomes_size() > 0) {
    return absl::StrJoin(edge.outcomes(), ", ", [](std::string* out, int outcome) {
      absl::StrAppend(out, EnumName(static_cast<v1::Outcome>(outcome)));
    });
  }
  if (!edge.digits().empty()) return absl::StrCat("digits ", edge.digits());
  return std::string(EnumName(edge.happened()));
}

std::string WhereText(const v1::AheadEdge& edge) {
  if (edge.step() > 0) return absl::StrCat("-> ", edge.step());
  return absl::StrCat("-> ask again (", EnumName(edge.ask()), ")");
}

template <class Edges>
void AddEdges(const Edges& edges, absl::string_view indent, std::string& text) {
  TextTable table;
  for (const v1::AheadEdge& edge : edges) {
    table.AddRow({absl::StrCat(indent, HappenedText(edge)), WhereText(edge)});
  }
  absl::StrAppend(&text, table.ToString());
}

}  // namespace

std::string LookAheadText(const v1::LookAhead& ahead) {
  std::string text;
  AddEdges(ahead.next(), "", text);
  for (int i = 0; i < ahead.steps_size(); ++i) {
    const v1::AheadStep& step = ahead.steps(i);
    const std::string number = absl::StrCat(i + 1);
    const std::string indent(number.size() + 2, ' ');
    const std::string action = ActionText(step.decision());
    std::string margin = absl::StrCat(number, "  ");
    for (absl::string_view line : absl::StrSplit(absl::StripSuffix(action, "\n"), '\n')) {
      absl::StrAppend(&text, margin, line, "\n");
      margin = indent;
    }
    if (step.reason_by_outcome()) {
      absl::StrAppend(&text, indent, "(the reason is that of the last outcome)\n");
    }
    const v1::ReleaseReason why = step.decision().release().reason();
    if (why == v1::RELEASE_REASON_ATTEMPTS_FAILED || why == v1::RELEASE_REASON_TOO_MANY_ATTEMPTS) {
      absl::StrAppend(&text, indent, "(the codes are those of the best response of all attempts)\n");
    }
    AddEdges(step.next(), indent, text);
  }
  return text;
}

}  // namespace libroute
