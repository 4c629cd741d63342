namespace Personalization.Backends.Check;

/// <summary>A request that a check is about to send.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Most">How many there can be, at most: what a server answers decides.</param>
/// <param name="Proves">What its picture shows, in English: "whether a negative prompt takes effect".</param>
public readonly record struct CheckStep(int Number, int Most, string Proves);
