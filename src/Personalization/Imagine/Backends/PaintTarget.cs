namespace Personalization.Imagine.Backends;

/// <summary>Where a request can be painted.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Model">The backend's own name for the model; empty for its only one.</param>
/// <param name="Width">Width of each picture in pixels, in the model's own step and area.</param>
/// <param name="Height">Height of each picture in pixels, likewise.</param>
/// <param name="Candidates">How many pictures to paint so that the best of them are kept; 0 for no more than requested.</param>
public sealed record PaintTarget(string Backend, string Model, int Width, int Height, int Candidates = 0);
