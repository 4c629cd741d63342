using Personalization.Codes;
using Personalization.Imagine.Jobs;
using Personalization.Votes;

namespace Personalization.Imagine;

/// <summary>Who asks for pictures, and where the answer goes.</summary>
/// <param name="Id">The interaction's id: the same one twice is one job.</param>
/// <param name="Voter">Who asks, and whose taste a bare <c>--p</c> means.</param>
/// <param name="ReplyTo">The address that <see cref="IDelivery"/> reads.</param>
/// <param name="IsPrivate">Whether the pictures stay with the person; else they belong to the guild that <paramref name="Voter"/> is in.</param>
public sealed record ImagineOrder(ulong Id, Voter Voter, string ReplyTo, bool IsPrivate);

/// <summary>The result of submitting a prompt.</summary>
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>The job is stored and will be done.</summary>
    public sealed record Accepted(ImagineJob Job) : SubmitResult;

    /// <summary>
    /// This interaction's job was accepted before; nothing was added. The caller answers nothing: the first submission has
    /// acknowledged the interaction, and the job's result is delivered to that message.
    /// </summary>
    public sealed record Repeated : SubmitResult;

    /// <summary>As many jobs as may wait are waiting, and this one was not accepted.</summary>
    /// <param name="Limit">How many may wait.</param>
    /// <param name="IsPersonal">Whether that is the limit of one person's jobs, and not of all.</param>
    public sealed record Full(int Limit, bool IsPersonal) : SubmitResult;

    /// <summary>A bare <c>--p</c> was used before the person had voted enough.</summary>
    public sealed record Locked(UnlockProgress Unlock) : SubmitResult;

    /// <summary>A well-formed code that names no taste.</summary>
    /// <param name="Code">The code that names no taste.</param>
    /// <param name="IsUnlocked">Whether the person can use their own taste instead.</param>
    public sealed record UnknownCode(PersonalizationCode Code, bool IsUnlocked) : SubmitResult;

    /// <summary>A portable code whose style vocabulary is newer than this bot's.</summary>
    /// <param name="SpaceVersion">The code's version of the vocabulary.</param>
    /// <param name="Known">This bot's version of the vocabulary.</param>
    public sealed record LaterCode(int SpaceVersion, int Known) : SubmitResult;
}
