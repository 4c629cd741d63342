using Personalization.Codes;
using Personalization.Imagine.Jobs;
using Personalization.Votes;

namespace Personalization.Imagine;

/// <summary>What became of a prompt that somebody submitted.</summary>
public abstract record SubmitResult
{
    private SubmitResult()
    {
    }

    /// <summary>The job is on disk and will be done.</summary>
    public sealed record Accepted(ImagineJob Job) : SubmitResult;

    /// <summary>This interaction's job was accepted before; nothing was added.</summary>
    public sealed record Repeated : SubmitResult;

    /// <summary>A bare <c>--p</c> came before the person had voted enough.</summary>
    public sealed record Locked(UnlockProgress Unlock) : SubmitResult;

    /// <summary>A well-formed code that names no taste.</summary>
    /// <param name="Code">The code nobody has.</param>
    /// <param name="IsUnlocked">Whether the person has a taste of their own to use instead.</param>
    public sealed record UnknownCode(PersonalizationCode Code, bool IsUnlocked) : SubmitResult;

    /// <summary>A portable code about styles that are not known here.</summary>
    /// <param name="SpaceVersion">The version of the space it is about.</param>
    /// <param name="Known">The version that is known here.</param>
    public sealed record LaterCode(int SpaceVersion, int Known) : SubmitResult;
}
