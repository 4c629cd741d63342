using Personalization.Playground.Places;

namespace Personalization.Playground;

/// <summary>Who and what is in the playground. Ids stay the same over restarts, so that what people taught the bot stays theirs.</summary>
public sealed class PlaygroundOptions
{
    /// <summary>The token that bots must bring; null for any.</summary>
    public string? BotToken { get; set; }

    /// <summary>How long an interaction waits for its first answer. Discord's are three seconds.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The application's id and name; its bot user has the same.</summary>
    public (ulong Id, string Name) Application { get; set; } = (DefaultPlaces.Application, "Personalization");

    /// <summary>Where the chat is kept over restarts; null for a temporary folder that goes with the playground.</summary>
    public string? Directory { get; set; }

    /// <summary>How many messages are kept; beyond, the oldest go.</summary>
    public int MaxMessages { get; set; } = 500;

    /// <summary>How many bytes of files are kept; beyond, the oldest messages go.</summary>
    public long MaxFileBytes { get; set; } = 1L << 30;

    /// <summary>The servers; the page opens with the first.</summary>
    public IReadOnlyList<PlaygroundGuild> Guilds { get; set; } = DefaultPlaces.Guilds;

    /// <summary>Conversations of people without the bot. Each person has one with the bot besides.</summary>
    public IReadOnlyList<PlaygroundChannel> Conversations { get; set; } = DefaultPlaces.Conversations;

    public IReadOnlyList<(ulong Id, string Name)> People { get; set; } = DefaultPlaces.People;

    /// <summary>Who installed the application for themselves, to use it in servers without the bot and in conversations.</summary>
    public IReadOnlyList<ulong> UserInstallations { get; set; } = DefaultPlaces.UserInstallations;
}
