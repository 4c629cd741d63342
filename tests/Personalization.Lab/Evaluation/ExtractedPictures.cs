namespace Personalization.Lab.Evaluation;

/// <summary>What an extractor found in the pictures of a folder.</summary>
/// <param name="Measures">The names of the measures, which are the first numbers of each picture; the others are its embedding.</param>
/// <param name="Pictures">As many numbers for each picture, under the name that votes call it by.</param>
public sealed record ExtractedPictures(IReadOnlyList<string> Measures, IReadOnlyList<(string Picture, float[] Features)> Pictures);
