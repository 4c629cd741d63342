using Personalization.Pictures;

namespace Personalization.Taste;

/// <summary>A vote or like with much influence on one trait.</summary>
/// <param name="Trait">The trait it speaks for.</param>
/// <param name="Chosen">The picture that was chosen or liked.</param>
/// <param name="Other">A picture that was shown beside it.</param>
public sealed record InfluentialChoice(TasteTrait Trait, Picture Chosen, Picture Other);
