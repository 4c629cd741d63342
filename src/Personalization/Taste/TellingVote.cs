using Personalization.Pictures;

namespace Personalization.Taste;

/// <summary>A vote that says much of one trait.</summary>
/// <param name="Trait">What it says.</param>
/// <param name="Chosen">The picture that was chosen.</param>
/// <param name="Other">The picture beside it.</param>
public sealed record TellingVote(TasteTrait Trait, Picture Chosen, Picture Other);
