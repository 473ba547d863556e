#include "services/config/key_file.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace libroute {
namespace {

constexpr size_t kMaxFileBytes = 64 << 10;
constexpr size_t kMaxKeys = 8;
constexpr int kHexDigits = 2 * SealKeys::kKeyBytes;

// The whole of an open file, or as much as a key file may have and one byte.
absl::StatusOr<std::string> ReadAll(int file, const std::string& path) {
  std::string text(kMaxFileBytes + 1, '\0');
  size_t size = 0;
  while (size < text.size()) {
    ssize_t count = read(file, &text[size], text.size() - size);
    if (count < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot read ", path));
    if (count == 0) break;
    size += static_cast<size_t>(count);
  }
  text.resize(size);
  return text;
}

bool IsKey(absl::string_view line) {
  return line.size() == kHexDigits &&
         std::all_of(line.begin(), line.end(), [](char c) { return absl::ascii_isxdigit(c); });
}

absl::StatusOr<SealKeys> ParseKeys(absl::string_view text, const std::string& path) {
  SealKeys keys;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(text, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty() || line[0] == '#') continue;
    if (!IsKey(line)) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", number, ": a key has exactly 64 hex digits"));
    }
    if (keys.keys.size() == kMaxKeys) {
      return absl::InvalidArgumentError(
          absl::StrCat(path, ":", number, ": at most ", kMaxKeys, " keys are held"));
    }
    keys.keys.push_back(absl::HexStringToBytes(line));
  }
  if (keys.keys.empty()) return absl::InvalidArgumentError(absl::StrCat(path, ": no key in it"));
  return keys;
}

absl::Status WriteAll(int file, absl::string_view text, const std::string& path) {
  while (!text.empty()) {
    ssize_t count = write(file, text.data(), text.size());
    if (count < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
    text.remove_prefix(static_cast<size_t>(count));
  }
  if (fsync(file) != 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SealKeys> ReadKeyFile(const std::string& path) {
  // Not to hang on a pipe.
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot open key file ", path));
  absl::Cleanup close_file = [file] { close(file); };
  struct stat info;
  if (fstat(file, &info) != 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot examine key file ", path));
  }
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError(absl::StrCat("key file ", path, " is not a plain file"));
  }
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return absl::FailedPreconditionError(absl::StrCat(
        "key file ", path, " is open to others than its owner; run: chmod 600 ", path));
  }
  absl::StatusOr<std::string> text = ReadAll(file, path);
  if (!text.ok()) return text.status();
  if (text->size() > kMaxFileBytes) {
    return absl::InvalidArgumentError(absl::StrCat("key file ", path, " is too large"));
  }
  return ParseKeys(*text, path);
}

absl::Status MakeKeyFile(const std::string& path) {
  absl::StatusOr<SealKeys> keys = RandomKeys();
  if (!keys.ok()) return keys.status();
  int file = open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0 && errno == EEXIST) {
    return absl::AlreadyExistsError(absl::StrCat(
        path,
        " exists already; to change keys, put a new line on top of it and keep the old ones"));
  }
  if (file < 0) return absl::ErrnoToStatus(errno, absl::StrCat("cannot make key file ", path));
  absl::Cleanup close_file = [file] { close(file); };
  return WriteAll(file,
                  absl::StrCat("# Keys that seal continuations: the current one first.\n",
                               absl::BytesToHexString(keys->keys[0]), "\n"),
                  path);
}

absl::StatusOr<SealKeys> RandomKeys() {
  std::string key(SealKeys::kKeyBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&key[0]), SealKeys::kKeyBytes) != 1) {
    return absl::InternalError("the system gives no random bytes");
  }
  SealKeys keys;
  keys.keys.push_back(std::move(key));
  return keys;
}

}  // namespace libroute
