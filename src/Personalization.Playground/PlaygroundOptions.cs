namespace Personalization.Playground;

/// <summary>Who and what is in the playground. Ids stay the same over restarts, so that what people taught the bot stays theirs.</summary>
public sealed class PlaygroundOptions
{
    /// <summary>The token that bots must bring; null for any.</summary>
    public string? BotToken { get; set; }

    /// <summary>How long an interaction waits for its first answer. Discord's are three seconds.</summary>
    public TimeSpan AnswerWithin { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The application's id and name; its bot user has the same.</summary>
    public (ulong Id, string Name) Application { get; set; } = (1100000000000000001, "Personalization");

    /// <summary>Where the chat is kept over restarts; null for a temporary folder that goes with the playground.</summary>
    public string? Directory { get; set; }

    /// <summary>How many messages are kept; beyond, the oldest go.</summary>
    public int MaxMessages { get; set; } = 500;

    /// <summary>How many bytes of files are kept; beyond, the oldest messages go.</summary>
    public long MaxFileBytes { get; set; } = 1L << 30;

    public (ulong Id, string Name) Guild { get; set; } = (1100000000000000002, "Playground");

    public IReadOnlyList<(ulong Id, string Name, string Topic)> Channels { get; set; } =
    [
        (1100000000000000010, "pictures", "Type / to begin: /rank teaches your taste, /imagine makes pictures"),
        (1100000000000000011, "lounge", "A second room"),
    ];

    public IReadOnlyList<(ulong Id, string Name)> People { get; set; } =
    [
        (1100000000000000101, "Ada"),
        (1100000000000000102, "Grace"),
        (1100000000000000103, "Linus"),
        (1100000000000000104, "Margaret"),
    ];
}
