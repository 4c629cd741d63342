using Personalization.Pictures;

namespace Personalization.Taste;

/// <summary>A vote with much influence on one trait.</summary>
/// <param name="Trait">The trait it speaks for.</param>
/// <param name="Chosen">The picture that was chosen.</param>
/// <param name="Other">The picture shown beside it.</param>
public sealed record InfluentialVote(TasteTrait Trait, Picture Chosen, Picture Other);
