namespace Personalization.Painter.Figures;

/// <summary>A dragon with its wings spread, the shoulder about one unit up, facing right.</summary>
internal sealed class Dragon(FigureCanvas figure, SeededRandom random)
{
    public void Paint()
    {
        var scene = figure.Easel.Scene;
        var hue = scene.Hue ?? random.Pick(145f, 27f, 195f, 300f);
        var own = scene.Grey is { } grey ? Pigment.Of(Math.Clamp(grey, 0.28f, 0.9f), 0.012f, 270) : Pigment.Of(0.5f, 0.12f, hue);
        var (belly, bone) = (Pigment.Of(0.84f, 0.07f, 82), Pigment.Of(0.86f, 0.04f, 82));
        figure.Shadow(0, 1.05f, 0.07f);
        Wing(own.Darker(0.1f), 0.2f, -0.35f);
        figure.Form(new Shape().Limb(0.3f, -0.55f, 0.15f, 0.38f, -0.28f, 0.08f, 0.44f, -0.05f, 0.065f, 0.54f, -0.03f, 0.04f).Limb(-0.28f, -0.5f, 0.18f, -0.16f, -0.26f, 0.1f, -0.2f, -0.06f, 0.07f, -0.08f, -0.03f, 0.04f), own.Darker(0.05f), 0.05f, -0.45f);
        Spines(own.Darker(0.16f));
        figure.Form(
            new Shape()
                .Limb(-0.3f, -0.6f, 0.27f, 0.02f, -0.64f, 0.26f, 0.34f, -0.72f, 0.25f)
                .Limb(0.36f, -0.78f, 0.2f, 0.66f, -1.12f, 0.135f, 0.6f, -1.5f, 0.105f, 0.78f, -1.72f, 0.12f)
                .Limb(-0.4f, -0.56f, 0.23f, -0.8f, -0.3f, 0.13f, -1.2f, -0.2f, 0.085f, -1.5f, -0.42f, 0.055f, -1.42f, -0.7f, 0.025f)
                .Limb(-0.38f, -0.5f, 0.21f, -0.26f, -0.26f, 0.12f, -0.36f, -0.08f, 0.075f, -0.22f, -0.03f, 0.05f)
                .Limb(0.34f, -0.62f, 0.16f, 0.28f, -0.3f, 0.09f, 0.3f, -0.07f, 0.07f, 0.42f, -0.03f, 0.045f)
                .Limb(0.8f, -1.73f, 0.14f, 1.0f, -1.68f, 0.09f, 1.17f, -1.62f, 0.062f)
                .Limb(0.78f, -1.62f, 0.08f, 0.98f, -1.54f, 0.045f, 1.1f, -1.52f, 0.03f),
            own,
            0.08f,
            marks: () => Scales(own, belly));
        figure.Form(new Shape().Polygon(-1.43f, -0.64f, -1.57f, -0.78f, -1.36f, -0.98f, -1.3f, -0.74f), own.Darker(0.1f), 0.03f);
        foreach (var x in (ReadOnlySpan<float>)[-0.2f, 0.44f])
        {
            for (var claw = 0; claw < 3; claw++)
            {
                figure.Flat(new Shape().Polygon(x - 0.03f + (claw * 0.04f), -0.05f, x + 0.0f + (claw * 0.04f), -0.06f, x + 0.03f + (claw * 0.045f), 0.01f), bone);
            }
        }

        figure.Form(new Shape().Limb(0.76f, -1.8f, 0.045f, 0.62f, -1.96f, 0.03f, 0.46f, -2.0f, 0.006f).Limb(0.84f, -1.82f, 0.04f, 0.76f, -2.0f, 0.026f, 0.62f, -2.1f, 0.005f), bone, 0.02f);
        figure.Flat(new Shape().Polygon(1.0f, -1.6f, 1.03f, -1.6f, 1.015f, -1.54f).Polygon(1.08f, -1.59f, 1.11f, -1.59f, 1.095f, -1.53f), Pigment.White);
        figure.Oval(1.18f, -1.65f, 0.014f, 0.011f, Pigment.Black);
        figure.Easel.Oval(0.9f, -1.75f, 0.042f, 0.032f, Pigment.Of(0.85f, 0.17f, 85).Colour());
        figure.Easel.Oval(0.905f, -1.75f, 0.012f, 0.03f, Pigment.Black.Colour());
        Wing(own.Darker(0.02f), 0, 0.05f);
    }

    private void Scales(Pigment own, Pigment belly)
    {
        figure.Flat(new Shape().Limb(0.84f, -1.6f, 0.05f, 0.76f, -1.4f, 0.09f, 0.8f, -1.08f, 0.1f, 0.58f, -0.68f, 0.12f, 0.2f, -0.4f, 0.1f, -0.3f, -0.34f, 0.07f), belly, 0, 0.85f);
        for (var i = 0; i < 16; i++)
        {
            var t = i / 15f;
            var (x, y) = (0.84f - (0.06f * MathF.Sin(t * 6)) - (0.35f * t * t), -1.5f + (0.95f * t));
            figure.Easel.Line(x - 0.1f, y + 0.03f, x + 0.1f, y, figure.Tone(belly.Darker(0.2f), 0, 0.55f), 0.012f);
        }

        for (var i = 0; i < figure.Look.Many(90); i++)
        {
            var each = random.Fork(i);
            var (x, y) = (each.Between(-1.2f, 0.5f), each.Between(-0.85f, -0.25f));
            figure.Stroke(own.Lighter(each.Pick(-0.12f, 0.1f)), 0.01f, 0.5f, x - 0.025f, y, x, y + 0.02f, x + 0.025f, y);
        }
    }

    private void Spines(Pigment own)
    {
        ReadOnlySpan<(float X, float Y)> along = [(0.66f, -1.78f), (0.5f, -1.58f), (0.5f, -1.38f), (0.52f, -1.18f), (0.4f, -1.02f), (-0.3f, -0.84f), (-0.48f, -0.76f), (-0.66f, -0.56f), (-0.84f, -0.42f), (-1.02f, -0.34f), (-1.2f, -0.28f)];
        foreach (var (x, y) in along)
        {
            figure.Flat(new Shape().Polygon(x - 0.06f, y - 0.13f, x - 0.08f, y + 0.1f, x + 0.1f, y + 0.08f), own);
        }
    }

    // An arm, four fingers and the skin between them.
    private void Wing(Pigment own, float shift, float lit)
    {
        var (x, y) = (0.14f + shift, -0.86f);
        figure.Form(
            new Shape().Polygon(x, y, x - 0.02f, y - 0.62f, x + 0.1f, y - 1.12f, x - 0.42f, y - 1.3f, x - 0.66f, y - 0.98f, x - 0.98f, y - 1.06f, x - 1.06f, y - 0.7f, x - 1.4f, y - 0.6f, x - 1.12f, y - 0.34f, x - 1.2f, y - 0.08f, x - 0.66f, y - 0.1f, x - 0.3f, y + 0.12f),
            own.Mix(Pigment.Of(0.6f, 0.1f, 40), 0.35f),
            0.1f,
            lit);
        foreach (var (tipX, tipY) in (ReadOnlySpan<(float, float)>)[(-0.42f, -1.3f), (-0.98f, -1.06f), (-1.4f, -0.6f), (-1.2f, -0.08f)])
        {
            figure.Form(new Shape().Limb(x - 0.02f, y - 0.58f, 0.036f, x + (tipX * 0.5f), y + (tipY * 0.55f) - 0.24f, 0.024f, x + tipX, y + tipY, 0.008f), own, 0.015f, lit);
        }

        figure.Form(new Shape().Limb(x, y + 0.06f, 0.085f, x + 0.06f, y - 0.3f, 0.05f, x - 0.02f, y - 0.62f, 0.042f, x + 0.12f, y - 1.16f, 0.012f), own, 0.03f, lit);
    }
}
