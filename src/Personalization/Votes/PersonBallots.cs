namespace Personalization.Votes;

/// <summary>Everything one person did: the pairs they answered (skips too) and their likes, each oldest first.</summary>
public sealed record PersonBallots(PersonId Person, IReadOnlyList<Pair> Answered, IReadOnlyList<Like> Likes);
