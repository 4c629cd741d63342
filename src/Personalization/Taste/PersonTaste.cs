using Personalization.Pictures;
using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>A person's taste as it is now.</summary>
/// <param name="Community">The community whose prior and space it was learnt in.</param>
/// <param name="Votes">Pairs answered Left or Right.</param>
/// <param name="Likes">Pictures by others that were liked.</param>
/// <param name="Favourites">The pictures liked best, best first, at most one for each prompt.</param>
/// <param name="Ballots">The votes, skips and likes it was learnt from.</param>
public sealed record PersonTaste(Community Community, TastePosterior Taste, int Votes, int Likes, IReadOnlyList<PictureId> Favourites, BallotsHash Ballots);
