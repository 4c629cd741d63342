namespace Personalization.Pictures;

/// <summary>What an <see cref="IFeatureExtractor"/> found in a picture.</summary>
/// <param name="Version">The extractor's version.</param>
/// <param name="Values">Its measures, then its embedding.</param>
public sealed record ExtractedFeatures(string Version, IReadOnlyList<float> Values);
