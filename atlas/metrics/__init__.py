"""Every figure the atlas computes, each once, in one registry.

A cell metric is a plain function over arrays of *terms*: parallel columns with one entry per
region x industry x year x measure. ``needs`` names the terms a metric reads:

``region_industry``  x_ri, the cell's own figure
``region_base``      x_rb, the region's figure for the base industry
``region_total``     x_r, the region's figure for the root industry
``root_industry``    x_Ri, the root region's figure for the industry
``root_base``        x_Rb, the root region's figure for the base industry
``region_industry_before``  x_ri ten years (or a chosen number) earlier
``establishments``          e_ri, the cell's establishments, whatever is measured
``root_establishments``     E_i, the root region's establishments of the industry
``region_area``, ``root_area``              a_r and A, in square kilometres
``region_population``, ``root_population``  p_r and P
"""

from importlib import import_module

from atlas.metrics.registry import METRICS, STRUCTURES, criteria, measure, metric

__all__ = ["METRICS", "STRUCTURES", "criteria", "measure", "metric"]

# The modules fill the register; menus and the methods page show metrics in this order.
for _name in (
    *("specialisation", "change", "rules", "us_rules", "agreement", "agglomeration"),
    *("region_figures", "industry_figures"),
):
    import_module(f"atlas.metrics.{_name}")
