namespace Personalization.Taste;

/// <summary>What a person's last choices taught about one trait.</summary>
/// <param name="Trait">The trait as it is now known; its confidence is below 0.5 where the opposite has become the likelier.</param>
/// <param name="Change">How it changed.</param>
public sealed record TasteLesson(TasteTrait Trait, TasteChange Change);
