namespace Personalization.DiscordClient.Gateway;

/// <summary>What resuming needs: a session, where to resume it, and the last event seen.</summary>
internal sealed class Session(string id, Uri resumeUrl)
{
    public string Id => id;

    public Uri ResumeUrl => resumeUrl;
}
