namespace Personalization.Imagine.Backends;

/// <summary>Words added to a prompt. <paramref name="Weight"/> is about 1; backends without weights leave it out.</summary>
public sealed record WeightedPhrase(string Phrase, double Weight);
