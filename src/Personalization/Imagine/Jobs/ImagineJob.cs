using Personalization.Imagine.Backends;
using Personalization.Pictures;

namespace Personalization.Imagine.Jobs;

/// <summary>An accepted <c>/imagine</c>: it ends in delivered pictures or a delivered apology, whatever dies in between.</summary>
public sealed record ImagineJob
{
    /// <summary>Characters of a <see cref="Ticket"/> at most.</summary>
    public const int LongestTicket = 200;

    /// <summary>The id of the interaction that asked for it, so that asking twice is one job.</summary>
    public required ulong Id { get; init; }

    public required PersonId Person { get; init; }

    /// <summary>Where the answer goes, as <see cref="IDelivery"/> writes and reads it.</summary>
    public required string ReplyTo { get; init; }

    /// <summary>The prompt as resolved, in <see cref="Prompts.Prompt"/>'s canonical form: the code named, not bare.</summary>
    public required string Prompt { get; init; }

    /// <summary>The name of the backend that paints it.</summary>
    public required string Backend { get; init; }

    public required ImageRequest Request { get; init; }

    /// <summary>Whether its pictures stay out of everybody else's sight.</summary>
    public bool IsPrivate { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public JobState State { get; init; }

    /// <summary>Which try this is, from 1; 0 before the first. Changes made under an older attempt are refused.</summary>
    public int Attempt { get; init; }

    /// <summary>Tries begun in this state, whatever ended them.</summary>
    public int Tries { get; init; }

    /// <summary>Tries that failed in this state; one ended by a shutdown or a crash did not fail.</summary>
    public int Faults { get; init; }

    /// <summary>The backend's own name of the job, once it has one.</summary>
    public string? Ticket { get; init; }

    /// <summary>Its pictures in order, once painted.</summary>
    public IReadOnlyList<PictureId> Pictures { get; init; } = [];

    /// <summary>Why it failed, in words for the person; null unless it did.</summary>
    public string? Failure { get; init; }
}
