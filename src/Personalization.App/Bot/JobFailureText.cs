using System.Diagnostics;
using Personalization.Imagine.Backends;
using Personalization.Imagine.Jobs;

namespace Personalization.App.Bot;

/// <summary>Puts into words why pictures could not be made, and what the person can do.</summary>
internal static class JobFailureText
{
    /// <summary>UTF-16 units that are shown of a sentence that an earlier version stored.</summary>
    private const int MaxSentence = 400;

    /// <summary>One or two sentences.</summary>
    public static string Describe(JobFailure failure) => failure is JobFailure.Sentence(var text)
        ? Markdown.Cut(text, MaxSentence)
        : Text.Of(Sentence(failure));

    private static FormattableString Sentence(JobFailure failure) => failure switch
    {
        JobFailure.Cancelled => $"It was cancelled, as you asked.",
        JobFailure.GivenUp => $"The pictures could not be painted. Nothing is wrong with the prompt; please try again later.",
        JobFailure.ModelRemoved => $"The model for this version is no longer available. Please try another version with `--v`.",
        JobFailure.NotSaved => $"The image server painted them, but they could not be saved. Nothing is wrong with the prompt; please report this to the person who runs this bot.",
        JobFailure.PicturesLost => $"The painted pictures are lost or cannot be shown. Nothing is wrong with the prompt; please try again.",
        JobFailure.Refused(PaintingRefusal.AgainstRules) => $"The image service does not paint this prompt because it violates its rules. Please reword it and try again.",
        JobFailure.Refused(PaintingRefusal.Withheld(var pictures, var painted)) => $"The image service's filter withheld {pictures} of the {painted} pictures. Please reword the prompt and try again.",
        JobFailure.Refused(PaintingRefusal.TooLong(var length, { } limit)) => $"The prompt is too long for this model: it takes at most {limit:N0} characters, and with what a taste adds there are {length:N0}. Please shorten it and try again.",
        JobFailure.Refused(PaintingRefusal.TooLong(var length, null)) => $"The prompt is too long for this model: with what a taste adds it has {length:N0} characters. Please shorten it and try again.",
        JobFailure.SizeNotPainted(var width, var height) when width != height => $"The image server cannot paint pictures of {width} × {height} pixels. Please try again with an `--ar` nearer to 1:1.",
        JobFailure.SizeNotPainted(var width, var height) => $"The image server cannot paint pictures of {width} × {height} pixels. Nothing is wrong with the prompt; please report this to the person who runs this bot.",
        JobFailure.Incomplete(var withheld, 0) => $"The image service's filter withheld {withheld} of the pictures.",
        JobFailure.Incomplete(0, var unusable) => $"The image server did not return {unusable} of the pictures.",
        JobFailure.Incomplete(var withheld, var unusable) => $"The image service's filter withheld {withheld} of the pictures, and the image server did not return {unusable}.",
        JobFailure.ServerFailed(BackendFault.Unavailable) => $"The image server does not answer right now. Nothing is wrong with the prompt; please try again in a few minutes.",
        JobFailure.ServerFailed(BackendFault.TimedOut) => $"The image server needs more time for these pictures than it is given. Nothing is wrong with the prompt; please try again when it has less to do.",
        JobFailure.ServerFailed(BackendFault.Misconfigured) => $"The image server cannot paint until the person who runs this bot changes its settings. Nothing is wrong with the prompt.",
        JobFailure.ServerFailed(BackendFault.Lost or BackendFault.Failed or BackendFault.Size) => $"The image server could not paint these pictures. Nothing is wrong with the prompt; please try again.",
        _ => throw new UnreachableException($"There is no text for {failure}."),
    };
}
