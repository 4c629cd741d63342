using Personalization.Taste;

namespace Personalization.Imagine.Jobs;

/// <summary>A taste on the way to <c>--p</c>, as it was when its pictures were asked for. It has no code.</summary>
/// <param name="At">The number of votes and likes that gave it, of <see cref="Votes.RankingOptions.PreviewAt"/>; each is given once.</param>
/// <param name="Traits">The traits that were sure by then, strongest first.</param>
/// <param name="IsOwnPrompt">Whether the prompt is the person's last one; otherwise it is one of the ranking pictures'.</param>
public sealed record TastePreview(int At, IReadOnlyList<TasteTrait> Traits, bool IsOwnPrompt);
