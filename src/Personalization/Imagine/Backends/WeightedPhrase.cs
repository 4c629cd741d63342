namespace Personalization.Imagine.Backends;

/// <summary>Words added to a prompt.</summary>
/// <param name="Weight">The share of their full effect, about 0 to 1; backends without weights leave it out.</param>
public sealed record WeightedPhrase(string Phrase, double Weight);
