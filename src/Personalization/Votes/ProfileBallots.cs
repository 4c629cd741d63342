namespace Personalization.Votes;

/// <summary>All answered pairs (skips and withdrawn ones too) and all likes of one profile, each oldest first.</summary>
public sealed record ProfileBallots(ProfileId Profile, IReadOnlyList<Pair> Answered, IReadOnlyList<Like> Likes);
