namespace Personalization.Playground.Rest;

/// <summary>Where this server's files are, for the request being answered.</summary>
internal static class CdnUrl
{
    private static readonly AsyncLocal<string?> Current = new();

    /// <summary>Scheme and host, without a slash at the end; empty outside a request.</summary>
    public static string Base
    {
        get => Current.Value ?? "";
        set => Current.Value = value;
    }
}
