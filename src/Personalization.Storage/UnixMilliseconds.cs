using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Personalization.Storage;

/// <summary>Times as whole milliseconds since 1970 UTC, which every database orders and compares.</summary>
internal sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
    time => time.ToUnixTimeMilliseconds(),
    milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
