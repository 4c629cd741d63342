namespace Personalization.Storage.Retention;

/// <summary>Pictures that must stay, as of one moment.</summary>
/// <param name="Ids">Of what was liked or ranked, and what codes and unfinished jobs refer to.</param>
/// <param name="LastPair">The newest pair then, 0 for none.</param>
/// <param name="LastLike">The newest like then, 0 for none.</param>
internal sealed record NeededPictures(IReadOnlySet<long> Ids, long LastPair, long LastLike);
