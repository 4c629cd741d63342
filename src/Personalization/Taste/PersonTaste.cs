using Personalization.Pictures;
using Personalization.Taste.Model;

namespace Personalization.Taste;

/// <summary>A person's taste as it is now.</summary>
/// <param name="Community">What it was learnt from, and in whose space it is.</param>
/// <param name="Votes">Pairs answered Left or Right.</param>
/// <param name="Likes">Pictures by others that were liked.</param>
/// <param name="Favourites">The pictures liked best, best first, each of another prompt.</param>
public sealed record PersonTaste(Community Community, TastePosterior Taste, int Votes, int Likes, IReadOnlyList<PictureId> Favourites);
