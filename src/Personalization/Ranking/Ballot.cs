using Personalization.Pictures;
using Personalization.Votes;

namespace Personalization.Ranking;

/// <summary>What a person is asked: an open pair with its pictures, and how far they are.</summary>
public sealed record Ballot(Pair Pair, Picture Left, Picture Right, UnlockProgress Progress);
