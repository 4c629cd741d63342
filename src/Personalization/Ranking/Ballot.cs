using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Ranking;

/// <summary>An open pair with its pictures, and the progress to show with it.</summary>
public sealed record Ballot(Pair Pair, Picture Left, Picture Right, UnlockProgress Progress);
