using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Imagine.Jobs;

/// <summary>An accepted <c>/imagine</c>: it ends in delivered pictures or a delivered apology, whatever crashes in between.</summary>
public sealed record ImagineJob
{
    /// <summary>The maximum length of a <see cref="Ticket"/> in characters.</summary>
    public const int MaxTicketLength = 200;

    /// <summary>The id of the interaction that asked for it, so that asking twice is one job.</summary>
    public required ulong Id { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>Where the answer goes, as <see cref="IDelivery"/> writes and reads it.</summary>
    public required string ReplyTo { get; init; }

    /// <summary>The prompt as resolved, in the canonical form of <see cref="Prompts.Prompt"/>, with its code.</summary>
    public required string Prompt { get; init; }

    /// <summary>The name of the backend that paints it.</summary>
    public required string Backend { get; init; }

    public required ImageRequest Request { get; init; }

    /// <summary>The guild that its pictures belong to unless they are private; null where it came from none.</summary>
    public GuildId? Guild { get; init; }

    /// <summary>Whether its pictures stay with the person.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The taste that it previews, for the person alone; null unless it is a preview.</summary>
    public TastePreview? Preview { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public JobState State { get; init; }

    /// <summary>Which try this is, from 1; 0 before the first. Changes made under an older attempt are refused.</summary>
    public int Attempt { get; init; }

    /// <summary>Tries begun in this state, whatever ended them.</summary>
    public int Tries { get; init; }

    /// <summary>Tries that failed in this state; one ended by a shutdown or a crash did not fail.</summary>
    public int Faults { get; init; }

    /// <summary>The backend's own identifier of the job, once it has one.</summary>
    public string? Ticket { get; init; }

    /// <summary>Its pictures in order, once painted.</summary>
    public IReadOnlyList<PictureId> Pictures { get; init; } = [];

    /// <summary>Why it failed, or, in a painted job, which of its pictures are missing; null where neither is so.</summary>
    public JobFailure? Failure { get; init; }
}
