using Personalization.Taste.Model;
using Personalization.Votes;

namespace Personalization.Taste;

/// <summary>What is known of one profile, in the space of one community and with its pool.</summary>
/// <param name="Votes">Pairs answered Left or Right.</param>
/// <param name="Likes">Pictures by others that were liked.</param>
internal sealed record TasteState(
    Community Community,
    PicturePool Pool,
    TastePosterior Taste,
    PairHistory History,
    int Votes,
    int Likes)
{
    /// <summary>What the person was last told, or what was known when the state was learnt from scratch.</summary>
    public required TasteMark Mark { get; init; }
}

/// <summary>A state learnt from scratch, and what it was learnt from.</summary>
/// <param name="Answered">All answered pairs, oldest first.</param>
/// <param name="Likes">All likes, oldest first.</param>
/// <param name="Features">The pictures of both.</param>
internal sealed record LearntTaste(TasteState State, IReadOnlyList<Pair> Answered, IReadOnlyList<Like> Likes, FeatureLookup Features)
{
    /// <summary>The choices that were made with the present taste: those since a change, if it is more probable than not, or all.</summary>
    public required (IReadOnlyList<Pair> Votes, IReadOnlyList<Like> Likes) Present { get; init; }

    /// <summary>What the choices follow since some point, if that is more probable than not, and about how many choices these are; otherwise null.</summary>
    public (ChangeKind Kind, int Choices)? Change { get; init; }
}
