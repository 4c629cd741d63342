using Microsoft.AspNetCore.Http;

namespace Personalization.Playground.Rest;

/// <summary>Where this server's files are, for the request being answered.</summary>
internal static class CdnUrl
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>Has addresses begin as the request's does, until it is answered.</summary>
    public static void Follow(HttpRequest request) => Current.Value = $"{request.Scheme}://{request.Host}";

    /// <summary>A file's address; without scheme and host outside of requests.</summary>
    public static string Of(ulong channel, StoredFile file) => $"{Current.Value}/cdn/attachments/{channel}/{file.Id}/{Uri.EscapeDataString(file.Name)}";
}
