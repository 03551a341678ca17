"""How the pages of this folder are built: `python -m sphinx -W docs build/docs`."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
# The two extensions that stand beside this file.
sys.path.insert(0, str(HERE))

project = "symrisk"
author = "The symrisk developers"
copyright = f"{author}, BSD-3-Clause"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.mathjax",
    "sphinx_copybutton",
    "from_catalogue",
    "from_docstrings",
]
exclude_patterns = ["examples"]

# In a docstring a name between single backquotes is code, and a link where there is such a name.
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
add_module_names = False
toc_object_entries_show_parents = "hide"

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
# Letters stand as they are written: theta' has a prime, no quotation mark.
smartquotes = False

# Notebooks are shown as they were run; the tests run them anew.
nb_execution_mode = "off"
nb_merge_streams = True
# what a verdict shows is Markdown with mathematics in it, as on any page
nb_render_markdown_format = "myst"

# MathJax comes with the pages: formulas are read without a network too.
mathjax_path = "mathjax/tex-chtml.js"
mathjax3_config = {"chtml": {"mtextInheritFont": True}, "options": {"enableMenu": True}}

copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

html_theme = "furo"
html_title = "symrisk"
html_static_path = ["_static"]
html_css_files = ["symrisk.css"]
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
