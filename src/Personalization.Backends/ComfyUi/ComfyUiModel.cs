using Personalization.Backends.Http;

namespace Personalization.Backends.ComfyUi;

/// <summary>A model of a server.</summary>
/// <param name="File">The file of the checkpoint, or of the diffusion model.</param>
/// <param name="IsCheckpoint">Whether it holds its autoencoder, and mostly its text encoders.</param>
/// <param name="Encoders">The files of its text encoders; empty to take those in the checkpoint.</param>
/// <param name="Vae">The file of its autoencoder; empty to take that in the checkpoint.</param>
internal sealed record ComfyUiModel(string File, bool IsCheckpoint, ModelFamily Family, IReadOnlyList<string> Encoders, string Vae)
{
    public ComfyUiRecipe Recipe => ComfyUiRecipe.Of(Family, File);
}
