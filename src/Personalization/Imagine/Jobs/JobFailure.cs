using System.Text.Json.Serialization;
using Personalization.Imagine.Backends;

namespace Personalization.Imagine.Jobs;

/// <summary>Why a job failed, or has fewer pictures than were requested: data, which the door that talks to the person puts into words. It is stored with the job: the names below stay.</summary>
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(GivenUp), "given-up")]
[JsonDerivedType(typeof(ModelRemoved), "model-removed")]
[JsonDerivedType(typeof(Incomplete), "incomplete")]
[JsonDerivedType(typeof(NotSaved), "not-saved")]
[JsonDerivedType(typeof(PicturesLost), "pictures-lost")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(SizeNotPainted), "size-not-painted")]
[JsonDerivedType(typeof(ServerFailed), "server-failed")]
[JsonDerivedType(typeof(Sentence), "sentence")]
public abstract record JobFailure
{
    private JobFailure()
    {
    }

    /// <summary>The person who asked for it cancelled it.</summary>
    public sealed record Cancelled : JobFailure;

    /// <summary>Painting it failed, or was interrupted, too often.</summary>
    public sealed record GivenUp : JobFailure;

    /// <summary>The backend it is for is no longer configured.</summary>
    public sealed record ModelRemoved : JobFailure;

    /// <summary>Some of its pictures are missing; the others are its answer.</summary>
    /// <param name="Withheld">How many a filter of the service withheld.</param>
    /// <param name="Unusable">How many the backend did not return, or returned damaged.</param>
    public sealed record Incomplete(int Withheld, int Unusable) : JobFailure;

    /// <summary>The backend cannot paint pictures of this size, in pixels, and there is no other one.</summary>
    public sealed record SizeNotPainted(int Width, int Height) : JobFailure;

    /// <summary>Its pictures were painted and paid for, and could not be saved.</summary>
    public sealed record NotSaved : JobFailure;

    /// <summary>Its painted pictures are lost, or the chat does not take them.</summary>
    public sealed record PicturesLost : JobFailure;

    /// <summary>The backend does not paint the prompt.</summary>
    public sealed record Refused(PaintingRefusal Refusal) : JobFailure;

    /// <summary>The backend could not paint it, and there is no other one.</summary>
    public sealed record ServerFailed(BackendFault Fault) : JobFailure;

    /// <summary>A reason that an earlier version stored as an English sentence.</summary>
    public sealed record Sentence(string Text) : JobFailure;
}
