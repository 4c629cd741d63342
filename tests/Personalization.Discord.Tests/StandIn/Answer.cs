namespace Personalization.Discord.Tests.StandIn;

/// <summary>What the stand-in answers a request with.</summary>
/// <param name="Body">JSON unless <paramref name="ContentType"/> says otherwise.</param>
internal sealed record Answer(int Status, string Body = "{}", string ContentType = "application/json", params IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>Instead of an answer: the connection breaks.</summary>
    public static Answer Broken { get; } = new(0);

    /// <summary>A message with the id.</summary>
    public static Answer Message(ulong id, params IReadOnlyList<(string Name, string Value)> headers) =>
        new(200, $$"""{"id":"{{id}}","flags":32768,"components":[]}""", "application/json", headers);

    public static Answer Error(int status, int code, string message) => new(status, $$"""{"code":{{code}},"message":"{{message}}"}""");

    public static Answer RateLimited(string retryAfter, bool isGlobal, params IReadOnlyList<(string Name, string Value)> headers) =>
        new(429, $$"""{"message":"You are being rate limited.","retry_after":{{retryAfter}},"global":{{(isGlobal ? "true" : "false")}}}""", "application/json", headers);

    /// <summary>The headers that tell of a bucket.</summary>
    public static IReadOnlyList<(string Name, string Value)> Bucket(string hash, int limit, int remaining, string resetAfter) =>
        [("X-RateLimit-Bucket", hash), ("X-RateLimit-Limit", $"{limit}"), ("X-RateLimit-Remaining", $"{remaining}"), ("X-RateLimit-Reset-After", resetAfter)];
}
